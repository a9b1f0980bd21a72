"""Who is meant: names, short names, pronouns and descriptions of one article brought together.

What an article names is looked up by its words: «المرصد» finds «المرصد السوري لحقوق الإنسان», "Abdel Rahman" finds
"Rami Abdel Rahman", "the ministry" the last ministry named.
"""

from bisect import bisect_left
from collections import defaultdict

from ingest.domain import Speaker
from ingest.speakers import lexicon_ar as ar
from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Aliases, Known, Phrase, Words
from ingest.speakers.entities import Entity, speaker_of_entity
from ingest.speakers.mentions import Mention, acronyms_of, mentions_of, tokens_of
from ingest.speakers.words import Script, is_arabic

_RECENT = 8
"""Speakers looked back for one a pronoun fits."""

_FAR = 100
"""Words after a mention in which a pronoun may mean it."""

_NEAREST = 12
"""Mentions of a word looked through for a name that fits."""


_SHORT_NAMES = en.BODY_WORDS | en.GENERIC | en.SOURCES | ar.GENERIC | ar.SOURCES
"""Words that stand for a longer name that holds them."""


class Roster:
    """The speakers of one article, as reading goes through it."""

    def __init__(self, script: Script, known: Known, aliases: Aliases) -> None:
        self.script, self.known, self.aliases = script, known, aliases
        self.mentions = mentions_of(script, known)
        self.acronyms = acronyms_of(script, self.mentions)
        self.by_token: dict[str, list[int]] = defaultdict(list)
        for number, mention in enumerate(self.mentions):
            for token in mention.tokens:
                self.by_token[token].append(number)
        self.longest: dict[str, Words] = {}
        """Of each known name the fullest spelling in the article."""
        for mention in self.mentions:
            if mention.canonical is not None:
                before = self.longest.get(mention.canonical, (mention.first, mention.first - 1))
                if mention.last - mention.first > before[1] - before[0]:
                    self.longest[mention.canonical] = mention.first, mention.last
        self.starts = [mention.first for mention in self.mentions]
        self.entities: dict[tuple[str, ...], Entity] = {}
        self.recent: list[tuple[int, Entity]] = []

    # -- from a phrase to who is meant

    def resolve(self, phrase: Phrase, at: int, gender: str = "") -> Entity | None:
        """Who a phrase at a word means; None where a pronoun has nobody to mean."""
        if phrase.pronoun is not None:
            entity = self._pronoun(phrase.pronoun, at, gender)
        elif phrase.name is not None:
            entity = self._named(phrase.name, person=phrase.person, at=at, loose=not phrase.definite)
            if phrase.person:
                entity.tokens |= tokens_of(self.script, phrase.first, phrase.last)
        else:
            entity = self._described(phrase, at)
        if entity is not None:
            if gender and not entity.gender and phrase.pronoun is None:
                entity.gender = gender
            self.recent.append((at, entity))
        return entity

    def heard(self, entity: Entity, at: int) -> None:
        """Note that an entity was heard of at a word, for what refers back to it."""
        self.recent.append((at, entity))

    def body(self, phrase: Phrase, at: int) -> Entity | None:
        """The body that a phrase's person speaks for."""
        if phrase.body is not None:
            first, last = phrase.body
            inner = Phrase(first, last, name=phrase.body, definite=True)
            small = (
                not is_arabic(self.script.words[first])
                and first not in self.known
                and self.script.words[last].raw.islower()
            )
            return (
                self._described(inner._replace(name=None), at)
                if small
                else self._named((first, last), person=False, at=at, loose=True)
            )
        if phrase.owner:
            return self._last_body(at)
        return None

    def _entity(self, key: tuple[str, ...], *, canonical: str | None = None, person: bool = False) -> Entity:
        return self.entities.setdefault(key, Entity(key, canonical=canonical, person=person))

    def _named(self, name: Words, *, person: bool, at: int, loose: bool = False) -> Entity:
        """Who has a name; `loose`: it may have taken in the word before it."""
        tokens = tokens_of(self.script, *name)
        canonical, mention = self._canonical(name, tokens, person=person), None
        if canonical is None:
            last = self.script.words[name[1]].key
            mention = self.acronyms.get(tokens) or self._fuller(tokens, at, last=last, person=person)
            if mention is None and loose and not person and name[1] > name[0]:
                mention = self._glued(name, at)
                name = (name[1], name[1]) if mention else name
            canonical = mention.canonical if mention else None
        if canonical is not None:
            entity = self._entity(("=", canonical), canonical=canonical, person=person)
        else:
            entity = self._entity(tuple(sorted(mention.tokens if mention else tokens)), person=person)
            if mention:
                entity.places.append((mention.first, mention.last))
                entity.tokens |= mention.tokens
        entity.places.append(name)
        entity.tokens |= tokens
        return entity

    def _canonical(self, name: Words, tokens: frozenset[str], *, person: bool) -> str | None:
        """The known name that a name is, or is but for words such as "agency"."""
        found = self.known.get(name[0])
        if found and found.last == name[1]:
            return found.canonical
        listed = self.aliases.canonical(self.script.slice(*name))
        if listed is not None or person:
            return listed
        for first in range(name[0], name[1] + 1):
            inner = self.known.get(first)
            if inner and inner.last <= name[1]:
                rest = tokens - tokens_of(self.script, first, inner.last)
                return inner.canonical if rest <= en.SOURCES | en.MODIFIERS | ar.SOURCES else None
        return None

    def _fuller(self, tokens: frozenset[str], at: int, *, last: str, person: bool) -> Mention | None:
        """The mention that holds all words of a shorter name: the longest before, else the first after."""
        if not person and len(tokens) == 1 and tokens.isdisjoint(_SHORT_NAMES) and not self._surnamed(tokens):
            return None  # "US" is not "US Central Command"
        rarest = min((self.by_token.get(token, []) for token in tokens), key=len, default=[])
        cut = bisect_left(rarest, bisect_left(self.starts, at + 1))
        before = [self.mentions[number] for number in rarest[max(0, cut - _NEAREST) : cut]]
        after = [self.mentions[number] for number in rarest[cut : cut + _NEAREST]]
        for group in (before, after):
            fitting = [
                one
                for one in group
                if tokens < one.tokens
                and (not person or (one.person and _surname(one, last)))
                and not (one.person and not person and len(tokens) == 1 and tokens & (en.BODY_WORDS | ar.GENERIC))
            ]
            if fitting:
                return max(reversed(fitting), key=lambda one: (one.canonical is not None, len(one.tokens)))
        return next((one for one in (*reversed(before), *after) if one.tokens == tokens and one.canonical), None)

    def _surnamed(self, tokens: frozenset[str]) -> bool:
        """Whether a word is the last one of a person's name in the article."""
        (token,) = tokens
        numbers = self.by_token.get(token, [])[:_NEAREST]
        return any(self.mentions[at].surname == token and self.mentions[at].person for at in numbers)

    def _glued(self, name: Words, at: int) -> Mention | None:
        """A known body's short name behind a name that belongs to the words before it: "in Dalia Observatory"."""
        tokens = tokens_of(self.script, name[1], name[1])
        mention = self._fuller(tokens, at, last="", person=False) if tokens & en.GENERIC else None
        return mention if mention and mention.canonical else None

    def _described(self, phrase: Phrase, at: int) -> Entity:  # noqa: C901 - the cases of a grammar, in their order
        words = self.script.words
        phrase = self._generic(phrase)
        tokens = tokens_of(self.script, phrase.first, phrase.last)
        keys = {words[index].key for index in range(phrase.first, phrase.last + 1)}
        heads = {token for token in tokens if token in en.GENERIC | ar.GENERIC}
        office = bool(tokens & (en.HEADING | {"source", "sources"} | ar.OFFICES | {"مصدر", "مصادر"}))
        if phrase.definite and not phrase.owner:
            for _, entity in reversed(self.recent[-_RECENT:]):
                if tokens and tokens <= entity.tokens and (office or not entity.person):
                    return entity
        elif office or heads:
            for _, entity in reversed(self.recent[-_RECENT:]):
                if entity.described and entity.tokens == tokens and not phrase.owner:
                    return entity
        if heads and phrase.definite and phrase.body is None and not office:
            mention = self._fuller(tokens, at, last="", person=False)
            if mention is not None and not mention.person:
                return self._named((mention.first, mention.last), person=False, at=at)
            if not tokens - heads or keys & en.MONITORS or any("-based" in key for key in keys):
                last = self._last_body(at, monitor=bool(keys & en.MONITORS))
                kinds = tokens & (en.OF_A_KIND | ar.OF_A_KIND)
                if last is not None and kinds <= last.tokens:
                    return last
        entity = self._entity(("~", *sorted(tokens)))
        entity.described = True
        entity.plural = words[phrase.last].key.endswith(("s", "ون", "ين"))
        entity.tokens |= tokens
        entity.places.append((phrase.first, phrase.last))
        return entity

    def _generic(self, phrase: Phrase) -> Phrase:
        """Leave out what "the group with a network of activists" says of the group."""
        keys = [self.script.words[index].key for index in range(phrase.first, phrase.last + 1)]
        cut = next((index for index, key in enumerate(keys) if key in {"with", "in", "inside"}), 0)
        if (
            phrase.definite
            and cut > 1
            and all(key in en.GENERIC | en.DETERMINERS or "-based" in key for key in keys[:cut])
        ):
            return phrase._replace(last=phrase.first + cut - 1)
        return phrase

    def _pronoun(self, pronoun: str, at: int, gender: str) -> Entity | None:
        recent = [entity for _, entity in reversed(self.recent[-_RECENT:])]
        if pronoun in {"m", "f"}:
            spoken = next(
                ((place, one) for place, one in reversed(self.recent[-_RECENT:]) if self._may_be(one, pronoun)), None
            )
            return self._he_or_she(pronoun, at, spoken)
        if pronoun == "it":
            return self._last_body(at)
        if pronoun == "they":
            return next((one for one in recent if one.plural), None) or (recent[0] if recent else None)
        if gender:  # nobody known, where the verb fits none of them
            return next((one for one in recent if self._gender(one) in {"", gender}), None)
        return recent[0] if recent else None

    def _he_or_she(self, pronoun: str, at: int, spoken: tuple[int, Entity] | None) -> Entity | None:
        """Whoever was heard or named last and is not of the other gender; None where there is nobody."""
        named = self._people(at, since=spoken[0] if spoken else -1, titled=True)
        other = any(one.person and one.gender not in {"", pronoun} for _, one in self.recent[-_RECENT:])
        if spoken is None and other:  # "he" where only she has spoken
            named = [*named, *self._people(at, since=-1, titled=False)]
        for mention in named:
            entity = self._named((mention.first, mention.last), person=True, at=at)
            if entity.gender in {"", pronoun}:
                break
        else:
            if spoken is None:
                return None
            entity = spoken[1]
        entity.gender = pronoun
        return entity

    def _people(self, at: int, *, since: int, titled: bool) -> list[Mention]:
        """People named between two words, the last first: those with an office, or full names that begin sentences."""
        number = bisect_left(self.starts, at)
        near = reversed(self.mentions[max(0, number - _NEAREST) : number])
        full = (one for one in near if one.first > since and at - one.first < _FAR)
        if titled:
            return [one for one in full if one.titled]
        return [one for one in full if one.person and one.topic and one.canonical is None and one.last > one.first]

    def _gender(self, entity: Entity) -> str:
        """A speaker's gender, as verbs told it or as the ending of an Arabic body does."""
        if entity.gender or entity.person or not entity.places:
            return entity.gender
        word = self.script.words[entity.places[0][0]]
        return "f" if is_arabic(word) and word.raw.endswith("ة") else ""

    def _may_be(self, entity: Entity, pronoun: str) -> bool:
        singular = entity.described and not entity.plural and not entity.tokens & (en.GENERIC | {"media", "source"})
        return (entity.person or singular) and entity.gender in {"", pronoun}

    def _last_mention(self, at: int) -> Mention | None:
        number = bisect_left(self.starts, at) - 1
        for place in range(number, max(-1, number - _NEAREST), -1):
            mention = self.mentions[place]
            if mention.topic and not mention.titled and (not mention.person or mention.canonical is not None):
                return mention
        return None

    def _last_body(self, at: int, *, monitor: bool = False) -> Entity | None:
        """The body that spoke last, or a later one that begins a sentence."""
        spoken = next(
            (
                (place, one)
                for place, one in reversed(self.recent[-_RECENT:])
                if not one.person and not (monitor and one.tokens and not one.tokens & (en.MONITOR_NAMES | en.MONITORS))
            ),
            None,
        )
        mention = self._last_mention(at)
        if mention and (spoken is None or mention.first > spoken[0]) and not monitor and at - mention.first < _FAR:
            return self._named((mention.first, mention.last), person=False, at=at)
        return spoken[1] if spoken else None

    # -- when all is read

    def settle(self) -> None:
        """Let a description mean the body that the article names next: "a monitor said … The Observatory said"."""
        order = [entity for _, entity in self.recent]
        for number, entity in enumerate(order):
            keys = entity.tokens
            plain = all(key in en.GENERIC | en.MONITORS | en.MODIFIERS or "-based" in key for key in keys)
            if not entity.described or entity.stands_for or not keys & en.MONITORS or not plain:
                continue
            named = [
                one
                for one in (
                    *order[number + 1 : number + 1 + _RECENT],
                    *reversed(order[max(0, number - _RECENT) : number]),
                )
                if not one.described and not one.person and one.tokens & en.MONITOR_NAMES
            ]
            if named:
                entity.stands_for = named[0]

    def speaker(self, entity: Entity) -> Speaker:
        """The name an article gives a speaker, and the one name for all spellings."""
        while entity.stands_for is not None:
            entity = entity.stands_for
        return speaker_of_entity(entity, self.script, self.longest.get(entity.canonical or ""))


def _surname(mention: Mention, last: str) -> bool:
    return mention.surname == last or mention.surname.removeprefix("al-") == last.removeprefix("al-")
