"""Which articles are one report, kept up to date in the transaction of each article.

Articles of one outlet with the same words share one *text*. Sentences that an outlet repeats in texts that are
otherwise different are left out of its texts' signatures and of every comparison. Pairs of texts that pass the exact
check are kept; in each group that pairs join, the earliest published is an original, and every other is its copy, or,
where it is a copy of no original before it, an original itself. So what is linked depends on what the archive holds,
never on the order it came in.

Candidates are looked up by their bands in an indexed table: other processes' articles are seen at once, and nothing has
to be loaded or rebuilt when an archive is opened.
"""

import zlib
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import combinations
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, insert, select, update

from ingest.archive.copy_tables import copy_bands, copy_members, copy_pairs, copy_repeated, copy_sentences, copy_texts
from ingest.archive.rows import batches
from ingest.archive.tables import articles
from ingest.copies import Signature, Words, are_apart, are_copies, bands, resemblance, sentence_key, sign
from ingest.domain import Article, ArticleId

_OTHERWISE_DIFFERENT = 3
"""Texts of an outlet, each with a part of its own, from which on a sentence that all hold is the site's."""

_LOOKED_AT = 30
"""Texts with the same sentence that are compared at most: more that are all alike hold nothing to be told apart by."""

_LEAST_LIKE = 0.1
"""Resemblance of signatures below which no exact check is made: a text and a tenth of it."""

_COMPARED = 40
"""Candidates that are compared with a text at most. A page that a site sends out a thousand times with another counter
would else cost its square; of groups so large, a member may be linked to another original once theirs is removed."""

_NO_DATE = datetime.min.replace(tzinfo=UTC)


def add(connection: Connection, article_key: int, article: Article, words: Words) -> None:
    """Compare an article that was just added, given as it is compared, and link it, inside its transaction."""
    outlet = article.outlet or urlsplit(article.url or "").hostname or ""
    written = words.encode()
    identity = {"outlet": outlet, "words_sha256": sha256(written.encode()).hexdigest()}
    same = select(copy_texts.c.key).filter_by(**identity)
    text_key = connection.scalar(same)
    stale: set[int] = set()
    if text_key is None:
        values = identity | {"words": zlib.compress(written.encode())}
        text_key = connection.scalars(insert(copy_texts).values(values).returning(copy_texts.c.key)).one()
        if keys := {sentence_key(sentence) for sentence in words.sentences}:
            rows = [{"sentence": key, "text_key": text_key} for key in keys]
            connection.execute(insert(copy_sentences), rows)
        stale = {text_key} | _review(connection, outlet, keys, gained=True)
    connection.execute(insert(copy_members).values(article_key=article_key, text_key=text_key))
    _group(connection, _compare(connection, stale) | {text_key})


def remove(connection: Connection, article_key: int) -> None:
    """Take an article that is about to be removed out of its group, inside its transaction."""
    mine = select(copy_members.c.text_key).where(copy_members.c.article_key == article_key)
    text_key = connection.scalar(mine)
    if text_key is None:
        return
    connection.execute(delete(copy_members).where(copy_members.c.article_key == article_key))
    left = select(copy_members.c.article_key).where(copy_members.c.text_key == text_key)
    if connection.scalar(left.limit(1)) is not None:
        _group(connection, {text_key})
        return
    outlet = connection.scalars(select(copy_texts.c.outlet).where(copy_texts.c.key == text_key)).one()
    held = connection.scalars(select(copy_sentences.c.sentence).where(copy_sentences.c.text_key == text_key)).all()
    partners = _partners(connection, {text_key})
    connection.execute(delete(copy_texts).where(copy_texts.c.key == text_key))
    _group(connection, _compare(connection, _review(connection, outlet, held, gained=False)) | (partners - {text_key}))


def _review(connection: Connection, outlet: str, sentences: Collection[int], *, gained: bool) -> set[int]:
    """Mark sentences that an outlet has come to repeat, or unmark those that it no longer does.

    Returns:
        Keys of the texts that hold one whose mark changed: what they are compared by is not what it was.
    """
    kept = copy_repeated.c.outlet == outlet
    texts = _Texts(connection)
    changed: set[int] = set()
    for part in batches(list(sentences)):
        marked = set(
            connection.scalars(select(copy_repeated.c.sentence).where(kept, copy_repeated.c.sentence.in_(part)))
        )
        # More texts never make a sentence less repeated, and fewer never more.
        due = [sentence for sentence in part if (sentence in marked) != gained]
        holders = _holders(connection, outlet, due)
        for sentence in due:
            if texts.have_strangers(holders.get(sentence, [])) != gained:
                continue
            if gained:
                connection.execute(insert(copy_repeated).values(outlet=outlet, sentence=sentence))
            else:
                connection.execute(delete(copy_repeated).where(kept, copy_repeated.c.sentence == sentence))
            changed.update(holders.get(sentence, []))
    return changed


def _holders(connection: Connection, outlet: str, sentences: Sequence[int]) -> dict[int, list[int]]:
    """Texts of an outlet that hold each sentence, in an order that does not depend on when they came."""
    rows = connection.execute(
        select(copy_sentences.c.sentence, copy_texts.c.key)
        .join(copy_texts, copy_texts.c.key == copy_sentences.c.text_key)
        .where(copy_texts.c.outlet == outlet, copy_sentences.c.sentence.in_(sentences))
        .order_by(copy_texts.c.words_sha256)
    )
    found: dict[int, list[int]] = {}
    for sentence, key in rows:
        found.setdefault(sentence, []).append(key)
    return found


class _Texts:
    """Texts that are compared in one transaction, each read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.words = cache(self._words)
        self.outlet = cache(self._outlet)
        self.repeated = cache(self._repeated)
        self._apart = cache(lambda one, other: are_apart(self.words(one), self.words(other)))

    def have_strangers(self, keys: Sequence[int]) -> bool:
        """Whether three of some texts have each a part of its own, whichever two are compared."""
        looked_at = sorted(keys[:_LOOKED_AT])
        if len(looked_at) < _OTHERWISE_DIFFERENT:
            return False
        for first in looked_at:
            others = [other for other in looked_at if other > first and self._apart(first, other)]
            if any(self._apart(*pair) for pair in combinations(others, 2)):
                return True
        return False

    def are_copies(self, one: int, other: int) -> bool:
        """The exact check, without what the outlet of either repeats."""
        without = self.repeated(self.outlet(one)) | self.repeated(self.outlet(other))
        return are_copies(self.words(one), self.words(other), without)

    def _words(self, key: int) -> Words:
        written = self._connection.scalars(select(copy_texts.c.words).where(copy_texts.c.key == key)).one()
        return Words.decode(zlib.decompress(written).decode())

    def _outlet(self, key: int) -> str:
        outlet: str = self._connection.scalars(select(copy_texts.c.outlet).where(copy_texts.c.key == key)).one()
        return outlet

    def _repeated(self, outlet: str) -> frozenset[int]:
        marked = select(copy_repeated.c.sentence).where(copy_repeated.c.outlet == outlet)
        return frozenset(self._connection.scalars(marked))


def _compare(connection: Connection, keys: Collection[int]) -> set[int]:
    """Sign texts anew and find their copies; gives their keys, and those of texts that are or were a copy of one."""
    texts = _Texts(connection)
    affected = set(keys) | _partners(connection, keys)
    mine = copy_pairs.c.text_key.in_(keys) | copy_pairs.c.other_key.in_(keys)
    connection.execute(delete(copy_pairs).where(mine))
    connection.execute(delete(copy_bands).where(copy_bands.c.text_key.in_(keys)))
    signatures = {key: sign(texts.words(key), texts.repeated(texts.outlet(key))) for key in keys}
    for key, signature in signatures.items():
        kept = None if signature is None else signature.tobytes()
        connection.execute(update(copy_texts).where(copy_texts.c.key == key).values(signature=kept))
        if signature is not None:
            rows = [{"band": band, "text_key": key} for band in bands(signature)]
            connection.execute(insert(copy_bands), rows)
    pairs: set[tuple[int, int]] = set()
    for key, signature in signatures.items():
        if signature is not None:
            copies = [other for other in _candidates(connection, key, signature) if texts.are_copies(key, other)]
            pairs.update(pair for other in copies for pair in ((key, other), (other, key)))
    if pairs:
        connection.execute(insert(copy_pairs), [{"text_key": one, "other_key": other} for one, other in pairs])
    return affected | {key for pair in pairs for key in pair}


def _candidates(connection: Connection, key: int, signature: Signature) -> list[int]:
    """Texts that share a band with one, and enough of its signature: originals first, then the most alike."""
    same = select(copy_bands.c.text_key).where(copy_bands.c.band.in_(bands(signature)), copy_bands.c.text_key != key)
    kept = select(copy_texts.c.key, copy_texts.c.signature, copy_texts.c.original, copy_texts.c.words_sha256)
    found = [
        (other != original, -alike, words_sha256, other)
        for other, blob, original, words_sha256 in connection.execute(kept.where(copy_texts.c.key.in_(same)))
        if (alike := resemblance(signature, blob)) >= _LEAST_LIKE
    ]
    return [other for *_, other in sorted(found)[:_COMPARED]]


def _partners(connection: Connection, keys: Collection[int]) -> set[int]:
    """Texts that form a pair with one of some texts."""
    found: set[int] = set()
    for part in batches(sorted(keys)):
        found.update(connection.scalars(select(copy_pairs.c.other_key).where(copy_pairs.c.text_key.in_(part))))
    return found


def _group(connection: Connection, keys: Collection[int]) -> None:
    """Choose anew, among some texts and all that pairs join to them, which are originals and which their copies."""
    joined, reached = set(keys), set(keys)
    while reached:
        reached = _partners(connection, reached) - joined
        joined |= reached
    earliest: dict[int, tuple[bool, datetime, ArticleId]] = {}
    pairs: set[tuple[int, int]] = set()
    for part in batches(sorted(joined)):
        rows = connection.execute(
            select(copy_members.c.text_key, articles.c.published_at, articles.c.id)
            .join(articles, articles.c.key == copy_members.c.article_key)
            .where(copy_members.c.text_key.in_(part))
        )
        for key, published_at, article_id in rows:
            place = (published_at is None, published_at or _NO_DATE, article_id)
            earliest[key] = min(place, earliest.get(key, place))
        both = select(copy_pairs.c.text_key, copy_pairs.c.other_key).where(copy_pairs.c.text_key.in_(part))
        pairs.update((one, other) for one, other in connection.execute(both))
    originals: list[int] = []
    for key in sorted(earliest, key=earliest.__getitem__):
        original = next((one for one in originals if (one, key) in pairs), key)
        if original == key:
            originals.append(key)
        connection.execute(update(copy_texts).where(copy_texts.c.key == key).values(original=original))
