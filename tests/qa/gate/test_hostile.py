"""A hostile model: drafts in both languages over every fault, half of them wrong in one way each.

Run with `-s` to see the numbers by fault code.
"""

import re
import sys
from collections import Counter
from typing import get_args

from hostile_drafts import PASSES, Checked, Sample, samples, table

from qa.answer import Fault
from qa.domain import Draft


def test_the_suite_is_wide() -> None:
    """At least 300 drafts, a quarter of them right, a third of the citations across languages, every fault code."""
    kinds = Counter(sample.expected[0] for sample in samples())

    assert {PASSES, *get_args(Fault)} == set(kinds)
    assert min(kinds.values()) >= 10
    assert len(samples()) >= 300
    assert kinds[PASSES] * 4 >= len(samples())
    assert sum(map(across, samples())) * 3 >= len(samples())


def across(sample: Sample) -> bool:
    """Whether a draft's first quote is in the other language."""
    return any(
        (re.search(r"[\u0621-\u064a]", quote.quote) is None) == (sample.language == "ar")
        for quote in sample.claim.quotes[:1]
    )


def test_no_bad_draft_leaves(checked: tuple[Checked, ...]) -> None:
    """Not one of the drafts that a source does not carry passes the gate."""
    sys.stdout.write(f"\n{table(checked)}\n")

    left = [str(each) for each in checked if not each.sample.good and each.fault is None]

    assert left == []


def test_good_drafts_pass(checked: tuple[Checked, ...]) -> None:
    """At least 95 % of the right ones pass."""
    good = [each for each in checked if each.sample.good]
    refused = [str(each) for each in good if each.fault]

    assert len(refused) <= 0.05 * len(good), "\n".join(refused)


def test_faults_are_named(checked: tuple[Checked, ...]) -> None:
    """At least 90 % of what is refused rightly carries the code that says why."""
    caught = [each for each in checked if not each.sample.good and each.fault]
    misnamed = [str(each) for each in caught if each.fault not in each.sample.expected]

    assert len(misnamed) <= 0.1 * len(caught), "\n".join(misnamed)


def test_what_leaves_is_verbatim(checked: tuple[Checked, ...]) -> None:
    """Every quote of what passes is its article's text at its offsets, within a passage that was given."""
    passed = [each for each in checked if isinstance(each.result, Draft)]

    left = [str(each) for each in passed if not verbatim(each)]

    assert left == []


def verbatim(each: Checked) -> bool:
    """Whether all quotes of a draft stand at their offsets in the articles that were shown."""
    draft = each.result
    assert isinstance(draft, Draft)
    quotes = [draft, *draft.more_quotes]
    return all(
        quoted.quote.strip()
        and quoted.article.id in each.sample.articles
        and quoted.article.text[quoted.start : quoted.end] == quoted.quote
        for quoted in quotes
    )


def test_what_leaves_is_what_was_drafted(checked: tuple[Checked, ...]) -> None:
    """A claim leaves in the model's words as they are, or in its source's: nothing is rewritten."""
    passed = [(each, each.result) for each in checked if isinstance(each.result, Draft)]

    left = [str(each) for each, one in passed if one.text != (each.sample.claim.text if one.written else one.quote)]

    assert left == []


def test_most_good_drafts_keep_their_words(checked: tuple[Checked, ...]) -> None:
    """A quarter of the right ones and more leave in the model's own words, across languages or not."""
    good = [each.result for each in checked if each.sample.good]

    assert sum(isinstance(draft, Draft) and draft.written for draft in good) > len(good) / 4
