"""Claims are read out of a reply while it is being written."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.unfinished import LONGEST, Unfinished

TEXTS = st.lists(st.sampled_from([*'ab{}[]",:\\/ \n«مدني»😀', "claims"]), max_size=12).map("".join)
CLAIMS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXTS, "quotes": st.lists(st.fixed_dictionaries({"passage": TEXTS, "quote": TEXTS}), max_size=2)}
    ),
    max_size=4,
)
INDENTS = st.sampled_from([None, 2])
AROUND = st.sampled_from([("", ""), ("```json\n", "\n```"), ("Here you are:\n", "\nAnything else?"), (" \n{not} ", "")])


def fed(pieces: list[str]) -> list[list[Any]]:
    """What each piece completes."""
    reply = Unfinished()
    return [[json.loads(claim) for claim in reply.feed(piece)] for piece in pieces]


def reply_of(claims: list[Any], indent: int | None = None) -> str:
    """A reply as models write it; `claims` may hold anything."""
    return json.dumps({"claims": claims, "not_stated": False}, ensure_ascii=False, indent=indent)


@given(CLAIMS, INDENTS, AROUND, st.lists(st.integers(0, 400), max_size=8), st.booleans())
def test_wherever_it_is_cut(
    claims: list[Any],
    indent: int | None,
    around: tuple[str, str],
    cuts: list[int],
    escaped: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    """The claims are those of the whole reply, in their order, however it comes in pieces."""
    body = json.dumps({"claims": claims, "not_stated": False}, ensure_ascii=escaped, indent=indent)
    reply = around[0] + body + around[1]
    bounds = sorted({0, len(reply), *(min(cut, len(reply)) for cut in cuts)})
    found = fed([reply[start:end] for start, end in pairwise(bounds)])

    assert claims == [claim for piece in found for claim in piece]


@given(CLAIMS, INDENTS)
def test_each_claim_comes_with_its_last_brace(claims: list[Any], indent: int | None) -> None:
    """A claim is told with the very character that completes it."""
    reply = reply_of(claims, indent)
    ends = [at for at, found in enumerate(fed(list(reply))) if found]

    assert len(claims) == len(ends)
    assert ["}"] * len(claims) == [reply[end] for end in ends]
    for number, end in enumerate(ends, start=1):
        assert claims[:number] == [claim for found in fed([reply[: end + 1]]) for claim in found]


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    """Text that is no reply at all completes nothing, or what looks like claims, and never fails."""
    whole, piecewise = Unfinished(), Unfinished()

    assert whole.feed(text) == [claim for char in text for claim in piecewise.feed(char)]


def test_what_is_no_object_is_passed_over() -> None:
    """Strings and numbers among the claims are none."""
    assert fed([reply_of(["}{", 3, {"text": "a"}, ["]"]][:3])]) == [[{"text": "a"}]]


def test_a_claim_without_end_is_passed_over() -> None:
    """A claim longer than any is not kept, and the next one is read."""
    endless = {"text": "x" * LONGEST}

    assert fed([reply_of([endless, {"text": "a"}])]) == [[{"text": "a"}]]


@pytest.mark.parametrize("text", ["", "I am sorry.", '{"claims"', '{"claims": "none"}', '{"claims": []} {"text": "a"}'])
def test_no_claims(text: str) -> None:
    """A reply without claims, or with an empty list of them, has none; nothing behind the list is one."""
    assert fed([text]) == [[]]
