"""Cut an article into passages: Article → sentences → Passages.

A passage is a run of whole sentences that fits the embedder, with a few sentences of
overlap. Where to cut is chosen for the whole article at once, as Knuth and Plass (1981)
choose line breaks: the least sum of squared empty room, so that passages come out alike
instead of full, full and a scrap, with a price on cutting inside a paragraph and a much
higher one on parting a statement from its speaker.

Tokens are counted once a sentence and added up: exact for a tokenizer that, like
SentencePiece, joins no words across white space. Nothing here knows LlamaIndex.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from ingest.attribution import bonds
from ingest.domain import Article, Passage, PassageId
from ingest.sentences import Span, is_paragraph_break, split_sentences

MAX_TOKENS = 160
"""Largest passage of several sentences, in tokens of the embedder, its own additions included."""

OVERLAP_TOKENS = 40
"""Most that a passage repeats of the one before, in tokens."""

HARD_MAX_TOKENS = 450
"""Largest single sentence left whole, in tokens; the bundled embedder reads 512."""

# Prices of a cut, in units of the squared share of a passage left empty: an empty passage costs 1.
_IN_PARAGRAPH = 0.05
_NO_OVERLAP = 0.1
_BOND_REPEATED = 0.3  # parted from its speaker, but the overlap repeats the speaker
_BOND_HALVED = 2.0  # the overlap repeats the sentence before, which itself names nobody
_BOND_BROKEN = 4.0
_IN_WORD = 1.0

_ATOM = 64  # code points: small enough to pack evenly, large enough to count few
_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"\s+")
_CLAUSE_ENDS = ("،", ",", "؛", ";", ":", "–", "—", ".", "!", "?", "؟", "…")


class _Unit(NamedTuple):
    """What is packed: a sentence, or a piece of one too long to be embedded."""

    start: int
    end: int
    tokens: int
    seam: float = 0.0
    """Price of a cut before it."""
    bonded: bool = False
    """Whether it needs the unit before it to tell who speaks."""
    whole: bool = True
    """Whether it is a whole sentence; only those are repeated as overlap."""


class _Meter:
    """Counts tokens of parts so that they can be added up.

    A tokenizer adds a constant to every text (prefix, special tokens); two probes find it, and
    `count` leaves it out.
    """

    def __init__(self, count_tokens: Callable[[str], int]) -> None:
        self._count_tokens = count_tokens
        # An empty text is no probe: a prefix's trailing space may be a token of its own there.
        self.constant = 2 * count_tokens("a") - count_tokens("a a")

    def count(self, text: str) -> int:
        return max(1, self._count_tokens(text) - self.constant)


def passage_id(article_id: str, sha256: str, start: int, end: int) -> PassageId:
    """Name a passage after what it is: equal cuts of equal texts have equal ids.

    Returns `p-` and 24 hexadecimal digits of SHA-256 over the article's id, the SHA-256 of its
    text and the code point offsets.
    """
    name = "\0".join((article_id, sha256, str(start), str(end)))
    return "p-" + hashlib.sha256(name.encode()).hexdigest()[:24]


def cut(
    article: Article,
    *,
    count_tokens: Callable[[str], int],
    max_tokens: int = MAX_TOKENS,
    overlap_tokens: int = OVERLAP_TOKENS,
    hard_max_tokens: int = HARD_MAX_TOKENS,
) -> list[Passage]:
    """Cut an article's text into passages, in order; the sizes are those of `cut_spans`.

    Raises:
        ValueError: the sizes contradict each other.
    """
    spans = cut_spans(
        article.text,
        count_tokens=count_tokens,
        max_tokens=max_tokens,
        overlap_tokens=overlap_tokens,
        hard_max_tokens=hard_max_tokens,
    )
    return [
        Passage(
            id=passage_id(article.id, article.sha256, start, end),
            article_id=article.id,
            text=article.text[start:end],
            start=start,
            end=end,
        )
        for start, end in spans
    ]


def cut_spans(
    text: str,
    *,
    count_tokens: Callable[[str], int],
    max_tokens: int = MAX_TOKENS,
    overlap_tokens: int = OVERLAP_TOKENS,
    hard_max_tokens: int = HARD_MAX_TOKENS,
) -> list[Span]:
    """Cut a text into spans of whole sentences, as code point offsets.

    Starts and ends both increase; together the spans cover all that is not white space.
    Every span counts at most `max_tokens` by `count_tokens`, except a sentence that is longer,
    which stands alone, up to `hard_max_tokens`. A sentence longer than that is cut into pieces
    of at most `max_tokens`, at clause boundaries if it has any, else between words, else
    between graphemes. `overlap_tokens` is the most that is repeated of the span before.

    Raises:
        ValueError: the sizes contradict each other.
    """
    meter = _Meter(count_tokens)
    if not 0 <= overlap_tokens < max_tokens <= hard_max_tokens or max_tokens <= meter.constant:
        raise ValueError(
            f"Sizes must satisfy 0 <= overlap ({overlap_tokens}) < max ({max_tokens}) <= hard max ({hard_max_tokens}), "
            f"and max must exceed the {meter.constant} tokens that the tokenizer adds to every text."
        )
    room = max_tokens - meter.constant
    units = list(_units(text, meter, room, hard_max_tokens - meter.constant))
    return [Span(units[first].start, units[last].end) for first, last in _fill(units, room, overlap_tokens)]


def _units(text: str, meter: _Meter, room: int, hard_room: int) -> Iterator[_Unit]:
    sentences = split_sentences(text)
    previous_end = 0
    for (start, end), bonded in zip(sentences, [False, *bonds(text, sentences)], strict=False):
        tokens = meter.count(text[start:end])
        seam = 0.0 if is_paragraph_break(text[previous_end:start]) else _IN_PARAGRAPH
        if tokens <= hard_room:
            yield _Unit(start, end, tokens, seam, bonded)
        else:
            atoms = [part for atom in _atoms(text, start, end) for part in _shrink(text, atom, meter, room)]
            for first, last in _fill(atoms, room, 0):
                total = sum(atom.tokens for atom in atoms[first : last + 1])
                piece_seam = seam if first == 0 else atoms[first].seam
                yield _Unit(atoms[first].start, atoms[last].end, total, piece_seam, bonded and first == 0, whole=False)
        previous_end = end


def _fill(units: Sequence[_Unit], room: int, overlap: int) -> list[tuple[int, int]]:
    """Choose the cuts: first and last unit of each passage, the overlap included.

    Dynamic programming over the cuts, in time linear in the number of units for a given `room`,
    since every unit holds a token or more.
    """
    count = len(units)
    sums = [0, *accumulate(unit.tokens for unit in units)]
    heads = _heads(units)
    best = [0.0, *([float("inf")] * count)]
    came: list[tuple[int, int]] = [(0, 0)] * (count + 1)
    earliest = 0
    for begin in range(count):
        while earliest < begin and (sums[begin] - sums[earliest] > overlap or not units[begin - 1].whole):
            earliest += 1
        repeat = earliest
        for end in range(begin + 1, count + 1):
            if end > begin + 1 and sums[end] - sums[begin] > room:
                break
            while repeat < begin and (sums[end] - sums[repeat] > room or _leans(heads, repeat, begin)):
                repeat += 1
            empty = max(0, room - sums[end] + sums[repeat]) / room
            cost = best[begin] + empty * empty + _price(units, heads, begin, repeat, could_repeat=earliest < begin)
            if cost < best[end]:
                best[end], came[end] = cost, (begin, repeat)
    return _trace(came, heads)


def _leans(heads: Sequence[int], repeat: int, begin: int) -> bool:
    """Whether an overlap from `repeat` would begin with an unnamed speaker, and not for the sake of `begin` itself."""
    return heads[repeat] < repeat and heads[begin] != heads[repeat]


def _heads(units: Sequence[_Unit]) -> list[int]:
    """For each unit, the unit that its chain of bonds starts from."""
    heads: list[int] = []
    for index, unit in enumerate(units):
        heads.append(heads[-1] if unit.bonded and heads else index)
    return heads


def _price(units: Sequence[_Unit], heads: Sequence[int], begin: int, repeat: int, *, could_repeat: bool) -> float:
    """Price of a cut before `begin` when the passage repeats the units from `repeat` on."""
    if begin == 0:
        return 0.0
    price = units[begin].seam
    if units[begin].bonded:
        if repeat <= heads[begin]:
            price += _BOND_REPEATED
        else:
            price += _BOND_BROKEN if repeat == begin else _BOND_HALVED
    if could_repeat and repeat == begin:
        price += _NO_OVERLAP
    return price


def _trace(came: Sequence[tuple[int, int]], heads: Sequence[int]) -> list[tuple[int, int]]:
    """Follow the best cuts back from the last unit."""
    cuts: list[tuple[int, int, int]] = []
    end = len(heads)
    while end > 0:
        begin, repeat = came[end]
        cuts.append((repeat, begin, end - 1))
        end = begin
    chosen: list[tuple[int, int]] = []
    for repeat, begin, last in reversed(cuts):
        # No passage may lie inside the next one: a short one is not repeated whole.
        first = max(repeat, chosen[-1][0] + 1) if chosen else repeat
        while first < begin and _leans(heads, first, begin):
            first += 1
        chosen.append((first, last))
    return chosen


def _atoms(text: str, start: int, end: int) -> Iterator[_Unit]:
    """Divide a sentence at clause ends and white space, and a very long word between graphemes; tokens uncounted."""
    begin, seam = start, 0.0
    for word in _WORD.finditer(text, start, end):
        if word.end() - begin > _ATOM and begin < word.start():
            stop = len(text[begin : word.start()].rstrip()) + begin
            yield _Unit(begin, stop, 0, seam)
            begin, seam = word.start(), _IN_PARAGRAPH
        while word.end() - begin > _ATOM:
            stop = _between_graphemes(text, begin, word.end(), begin + _ATOM)
            yield _Unit(begin, stop, 0, seam)
            begin, seam = stop, _IN_WORD
        if word[0].endswith(_CLAUSE_ENDS) or word.end() == end:
            yield _Unit(begin, word.end(), 0, seam)
            following = _WORD.search(text, word.end(), end)
            begin, seam = (following.start() if following else end), 0.0


def _shrink(text: str, atom: _Unit, meter: _Meter, room: int) -> Iterator[_Unit]:
    """Count an atom's tokens, dividing it until it fits; a single grapheme is left as it is."""
    tokens = meter.count(text[atom.start : atom.end])
    if tokens <= room:
        yield atom._replace(tokens=tokens)
        return
    space = _SPACE.search(text, atom.start, atom.end)
    if space:
        left, right, seam = space.start(), space.end(), _IN_PARAGRAPH
    else:
        left = right = _between_graphemes(text, atom.start, atom.end, (atom.start + atom.end) // 2)
        seam = _IN_WORD
    if right in {atom.start, atom.end}:
        yield atom._replace(tokens=tokens)
        return
    yield from _shrink(text, atom._replace(end=left), meter, room)
    yield from _shrink(text, _Unit(right, atom.end, 0, seam), meter, room)


_JOINER = "\u200d"
_LONGEST_GRAPHEME = 32
"""Code points; Unicode's Stream-Safe Text Format (UAX #15) allows 30 marks on one letter."""


def _between_graphemes(text: str, start: int, end: int, wanted: int) -> int:
    """Find an offset near `wanted` that parts no letter from its marks, no emoji and no flag in two.

    Returns `end` if `[start, end)` is a single grapheme, and `wanted` itself inside more marks
    than any writing uses.
    """
    below = range(wanted, max(start, wanted - _LONGEST_GRAPHEME), -1)
    above = range(wanted + 1, min(end, wanted + _LONGEST_GRAPHEME))
    for position in chain(below, above):
        if not _joined(text, start, position):
            return position
    return wanted if end - start > _LONGEST_GRAPHEME else end


def _joined(text: str, start: int, position: int) -> bool:
    if position >= len(text):
        return False
    mark, before = text[position], text[position - 1]
    if (
        unicodedata.category(mark) in {"Mn", "Mc", "Me", "Cf"}
        or before == _JOINER
        or "\U0001f3fb" <= mark <= "\U0001f3ff"
    ):
        return True
    if not (_is_flag_half(mark) and _is_flag_half(before)):
        return False
    run = position
    while run > start and _is_flag_half(text[run - 1]):
        run -= 1
    return (position - run) % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
