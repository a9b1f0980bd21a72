"""Who is meant: names, short names, pronouns and descriptions of one article brought together.

What an article names is looked up by its words: «المرصد» finds «المرصد السوري لحقوق الإنسان», "Abdel Rahman" finds
"Rami Abdel Rahman", "the ministry" the last ministry named.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from ingest.domain import Speaker
from ingest.speakers import lexicon_ar as ar
from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Aliases, Known, Phrase, Words
from ingest.speakers.mentions import Mention, mentions_of, tokens_of
from ingest.speakers.words import Script, is_arabic

_RECENT = 8
"""Speakers looked back for one a pronoun fits."""

_NEAREST = 12
"""Mentions of a word looked through for a name that fits."""

_MONITORS = frozenset("monitor monitors monitoring watchdog ngo observatory".split())  # noqa: SIM905
_MONITOR_NAMES = frozenset("observatory monitor monitoring watch rights network committees مرصد شبكه حقوق".split())  # noqa: SIM905
_GENERIC = frozenset(
    """group groups organisation organization agency company firm body charity union service network monitor watchdog ngo
    authority ministry office institute committee commission council league society syndicate federation association party
    bank bureau centre center club operator channel network newspaper observatory army military police government
    coalition""".split()  # noqa: SIM905
)
"""Nouns that stand for a body named elsewhere."""

_GENERIC_AR = frozenset(
    "جماعه منظمه وكاله شركه هيئه جهاز لجنه نقابه رابطه جمعيه مرصد وزاره مصرف بنك مؤسسه تنظيم حركه شبكه اتحاد مكتب مركز مفوضيه "
    "قناه صحيفه سلطه اداره بلديه تحالف مجلس ديوان صندوق برنامج معهد مصلحه غرفه".split()  # noqa: SIM905
)


@dataclass
class Entity:
    """One who speaks in an article."""

    key: tuple[str, ...]
    canonical: str | None = None
    person: bool = False
    described: bool = False
    gender: str = ""
    kind: str = ""
    plural: bool = False
    tokens: set[str] = field(default_factory=set)
    places: list[Words] = field(default_factory=list)
    stands_for: "Entity | None" = None
    """The body that a description turns out to mean: "a monitoring group"."""


class Roster:
    """The speakers of one article, as reading goes through it."""

    def __init__(self, script: Script, known: Known, kinds: dict[str, str], aliases: Aliases) -> None:
        self.script, self.known, self.kinds, self.aliases = script, known, kinds, aliases
        self.mentions = mentions_of(script, known)
        self.by_token: dict[str, list[int]] = defaultdict(list)
        for number, mention in enumerate(self.mentions):
            for token in mention.tokens:
                self.by_token[token].append(number)
        self.starts = [mention.first for mention in self.mentions]
        self.entities: dict[tuple[str, ...], Entity] = {}
        self.recent: list[tuple[int, Entity]] = []

    # -- from a phrase to who is meant

    def resolve(self, phrase: Phrase, at: int, gender: str = "") -> Entity | None:
        """Who a phrase at a word means; None where a pronoun has nobody to mean."""
        if phrase.pronoun is not None:
            entity = self._pronoun(phrase.pronoun, at, gender)
        elif phrase.name is not None:
            entity = self._named(phrase.name, person=phrase.person, at=at)
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
            small = not is_arabic(self.script.words[first]) and first not in self.known and self.script.words[last].raw.islower()
            return self._described(inner._replace(name=None), at) if small else self._named((first, last), person=False, at=at)
        if phrase.owner:
            return self._last_body(at)
        return None

    def _entity(self, key: tuple[str, ...], **about: object) -> Entity:
        if key not in self.entities:
            self.entities[key] = Entity(key, **about)  # type: ignore[arg-type]
        return self.entities[key]

    def _named(self, name: Words, *, person: bool, at: int) -> Entity:
        words = self.script.words
        found = self.known.get(name[0])
        canonical = found[1] if found and found[0] == name[1] else self.aliases.canonical(self.script.slice(*name))
        tokens = tokens_of(self.script, *name)
        if canonical is None:
            inner = next((self.known[index] for index in range(name[0], name[1] + 1)
                          if index in self.known and self.known[index][0] <= name[1]), None)
            if inner and not person and tokens - tokens_of(self.script, *name) <= en.SOURCES:
                canonical = inner[1]
        if canonical is not None:
            entity = self._entity(("=", canonical), canonical=canonical, person=person, kind=self.kinds.get(canonical, ""))
        else:
            mention = self._fuller(tokens, at, last=words[name[1]].key, person=person)
            if mention and mention.canonical:
                entity = self._entity(("=", mention.canonical), canonical=mention.canonical, person=person,
                                      kind=self.kinds.get(mention.canonical, ""))
            else:
                key = tuple(sorted(mention.tokens if mention else tokens))
                entity = self._entity(key, person=person)
                if mention:
                    entity.places.append((mention.first, mention.last))
                    entity.tokens |= mention.tokens
        entity.places.append(name)
        entity.tokens |= tokens
        return entity

    def _fuller(self, tokens: set[str], at: int, *, last: str, person: bool) -> Mention | None:
        """The mention that holds all words of a shorter name: the longest before, else the first after."""
        rarest = min((self.by_token.get(token, []) for token in tokens), key=len, default=[])
        cut = bisect_left(rarest, bisect_left(self.starts, at + 1))
        before = [self.mentions[number] for number in rarest[max(0, cut - _NEAREST) : cut]]
        after = [self.mentions[number] for number in rarest[cut : cut + _NEAREST]]
        for group in (before, after):
            fitting = [one for one in group if tokens < one.tokens and (not person or (one.person and _surname(one, last)))
                       and not (one.person and not person and len(tokens) == 1 and tokens & (en.BODY_WORDS | _GENERIC_AR))]
            if fitting:
                return max(reversed(fitting), key=lambda one: (one.canonical is not None, len(one.tokens)))
        return next((one for one in (*reversed(before), *after) if one.tokens == tokens and one.canonical), None)

    def _described(self, phrase: Phrase, at: int) -> Entity:
        words = self.script.words
        phrase = self._generic(phrase)
        tokens = tokens_of(self.script, phrase.first, phrase.last)
        keys = {words[index].key for index in range(phrase.first, phrase.last + 1)}
        heads = {token for token in tokens if token in _GENERIC | _GENERIC_AR}
        office = bool(tokens & (en.HEADING | {"source", "sources"} | ar.OFFICES | {"مصدر", "مصادر"}))
        if phrase.definite and not phrase.owner:
            for _, entity in reversed(self.recent[-_RECENT:]):
                if tokens and tokens <= entity.tokens and (office or not entity.person):
                    return self._again(entity, phrase)
        elif office or heads:
            for _, entity in reversed(self.recent[-_RECENT:]):
                if entity.described and entity.tokens == tokens and not phrase.owner:
                    return entity
        if heads and phrase.definite and phrase.body is None and not office:
            mention = self._fuller(tokens, at, last="", person=False)
            if mention is not None and not mention.person:
                return self._again(self._named((mention.first, mention.last), person=False, at=at), phrase)
            if not tokens - heads or keys & _MONITORS or any("-based" in key for key in keys):
                last = self._last_body(at, monitor=bool(keys & _MONITORS))
                if last is not None:
                    return last
        entity = self._entity(("~", *sorted(tokens)), described=True,
                              plural=words[phrase.last].key.endswith("s") or words[phrase.last].key.endswith(("ون", "ين")))
        entity.tokens |= tokens
        entity.places.append((phrase.first, phrase.last))
        return entity

    def _generic(self, phrase: Phrase) -> Phrase:
        """Leave out what "the group with a network of activists" says of the group."""
        keys = [self.script.words[index].key for index in range(phrase.first, phrase.last + 1)]
        cut = next((index for index, key in enumerate(keys) if key in {"with", "in", "inside"}), 0)
        if phrase.definite and cut > 1 and all(key in _GENERIC | en.DETERMINERS or "-based" in key for key in keys[:cut]):
            return phrase._replace(last=phrase.first + cut - 1)
        return phrase

    def _again(self, entity: Entity, _phrase: Phrase) -> Entity:
        return entity

    def _pronoun(self, pronoun: str, at: int, gender: str) -> Entity | None:
        recent = [entity for _, entity in reversed(self.recent[-_RECENT:])]
        if pronoun in {"m", "f"}:
            spoken = next(((place, one) for place, one in reversed(self.recent[-_RECENT:]) if self._may_be(one, pronoun)), None)
            mention = self._last_mention(at, person=True)
            if mention and (spoken is None or mention.first > spoken[0]) and at - mention.first < 80:
                entity = self._named((mention.first, mention.last), person=True, at=at)
            elif spoken:
                entity = spoken[1]
            else:
                return None
            entity.gender = entity.gender or pronoun
            return entity
        if pronoun == "it":
            return self._last_body(at)
        if pronoun == "they":
            return next((one for one in recent if one.plural), None) or (recent[0] if recent else None)
        if gender:
            fitting = next((one for one in recent if one.gender in {"", gender}), None)
            return fitting or (recent[0] if recent else None)
        return recent[0] if recent else None

    def _may_be(self, entity: Entity, pronoun: str) -> bool:
        singular = entity.described and not entity.plural and not entity.tokens & (_GENERIC | {"media", "source"})
        return (entity.person or singular) and entity.gender in {"", pronoun}

    def _last_mention(self, at: int, *, person: bool) -> Mention | None:
        number = bisect_left(self.starts, at) - 1
        for place in range(number, max(-1, number - _NEAREST), -1):
            mention = self.mentions[place]
            body = mention.topic and not mention.titled and (not mention.person or mention.canonical is not None)
            if mention.titled if person else body:
                return mention
        return None

    def _last_body(self, at: int, *, monitor: bool = False) -> Entity | None:
        """The body that spoke last, or a later one that begins a sentence."""
        spoken = next(((place, one) for place, one in reversed(self.recent[-_RECENT:]) if not one.person and not (
            monitor and one.tokens and not one.tokens & (_MONITOR_NAMES | _MONITORS))), None)
        mention = self._last_mention(at, person=False)
        if mention and (spoken is None or mention.first > spoken[0]) and not monitor and at - mention.first < 120:
            return self._named((mention.first, mention.last), person=False, at=at)
        return spoken[1] if spoken else None

    # -- when all is read

    def settle(self) -> None:
        """Let a description mean the body that the article names next: "a monitor said … The Observatory said"."""
        order = [entity for _, entity in self.recent]
        for number, entity in enumerate(order):
            keys = entity.tokens
            if not entity.described or entity.stands_for or not keys & _MONITORS:
                continue
            named = [one for one in (*order[number + 1 : number + 1 + _RECENT], *reversed(order[:number]))
                     if not one.described and not one.person and one.tokens & _MONITOR_NAMES]
            if named:
                entity.stands_for = named[0]

    def speaker(self, entity: Entity) -> Speaker:
        """The name an article gives a speaker, and the one name for all spellings."""
        while entity.stands_for is not None:
            entity = entity.stands_for
        places = list(entity.places)
        if entity.canonical is not None:
            places += [(one.first, one.last) for one in self.mentions if one.canonical == entity.canonical]
        texts = [_trimmed(self.script.slice(*place)) for place in places] or [" ".join(entity.key[1:])]
        name = max(dict.fromkeys(texts), key=lambda text: (len(text.split()), len(text)))
        clean = _clean(name)
        small = clean[:1].lower() + clean[1:]
        common = entity.described and small.split(" ")[0] in en.SOURCES | en.MODIFIERS | en.OFFICES
        return Speaker(name=name, canonical=entity.canonical or (small if common else clean))


def _surname(mention: Mention, last: str) -> bool:
    return mention.surname == last or mention.surname.removeprefix("al-") == last.removeprefix("al-")


def _trimmed(text: str) -> str:
    """A name without a bracket that only begins in it, and without «و» or «ف» written onto it."""
    if "(" in text and ")" not in text:
        text = text[: text.index("(")].rstrip()
    return text[1:] if text.startswith(("وال", "فال", "بال", "كال")) and len(text) > 5 else text


def _clean(name: str) -> str:
    """A name without the article English puts before it, nor what Arabic writes onto it."""
    first, _, rest = name.partition(" ")
    if first.casefold() in {"the", "a", "an"} and rest:
        return rest
    if first.startswith("لل") and len(first) > 4:
        return f"ال{name[2:]}"
    return name
