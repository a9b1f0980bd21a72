"""Attributions in Arabic sentences: verb, speaker and «أن», «بحسب» and its like, and who passes it on."""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.speakers import lexicon_ar as ar
from ingest.speakers.cues import Cue, Known, Phrase, Words
from ingest.speakers.english import stretch
from ingest.speakers.phrases_ar import (
    bare,
    definite,
    interpret,
    is_number,
    office,
    phrase_at,
    short_quotation,
    verb,
)
from ingest.speakers.words import Script, Unit, is_arabic, quotes_in

_FAR = 40
"""Words between a verb and what is said."""

_NEAR = 9
"""Words between a counting verb's speaker and the number."""



class _Subject(NamedTuple):
    phrase: Phrase
    after: int
    """First word after the phrase and what is said about it."""


def read(script: Script, unit: Unit, known: Known) -> list[Cue]:
    """Attributions of one unit, in the order of their words."""
    return _Reader(script, unit, known).run()


def gender(key: str) -> str:
    """Gender of a verb's subject, "" where the form does not tell."""
    plain = verb(key) or key
    if plain.endswith("وا") or plain.endswith("ون"):
        return ""
    return "f" if plain.endswith("ت") or (plain.startswith("ت") and plain not in {"تابع", "تحدث", "توقع", "تعهد", "تمسك", "تساءل"}) else "m"


class _Reader:
    """One pass over one unit."""

    def __init__(self, script: Script, unit: Unit, known: Known) -> None:
        self.script, self.unit, self.known, self.words = script, unit, known, script.words
        self.cues: list[Cue] = []

    def run(self) -> list[Cue]:
        for index in range(self.unit.first, self.unit.end):
            if not is_arabic(self.words[index]):
                continue
            floor, end = self._bounds(index)
            for cue in self._at(index, floor, end):
                self._keep(cue, index)
        return self.cues

    def _bounds(self, index: int) -> tuple[int, int]:
        """The words of the sentence that a cue may use; of its quotation, where it stands in a long one."""
        floor, end = self.unit.first, self.unit.end
        inside = self.script.quotation(self.words[index].start)
        if inside:
            first, last = self.script.word_at(inside[0]), self.script.word_at(inside[1])
            if last - first > 5:
                return max(first, floor), min(last, end)
        for place in range(index, max(floor, index - 4 * _FAR), -1):
            if place in self.script.sentence_starts and not self.script.quotation(self.words[place].start):
                floor = place
                break
        for place in range(index + 1, end):
            if place in self.script.sentence_starts and not self.script.quotation(self.words[place].start):
                end = place
                break
        return floor, end

    def _keep(self, cue: Cue, index: int) -> None:
        """Add a cue; the statement before it ends where this one's clause begins."""
        if cue.end <= cue.start:
            return
        if self.cues and cue.start >= cue.cue_start:
            earlier = self.cues[-1]
            if earlier.start < cue.cue_start < earlier.end and earlier.start > earlier.cue_start:
                cut = self._cut(cue, earlier)
                if cut is not None and cut > earlier.start:
                    self.cues[-1] = earlier._replace(end=cut)
        self.cues.append(cue)

    def _cut(self, cue: Cue, earlier: Cue) -> int | None:
        """Where the clause before a coordinated one ends: before «بينما», «وأكدت», «أما»."""
        place = self.script.word_at(cue.cue_start)
        key = self.words[place].key
        joined = key[0] == "و" and verb(key) not in {None, key}
        if joined or key.lstrip("وف") in ar.PARTICIPLES:
            return self.words[place - 1].end
        for at in range(place - 1, max(self.unit.first, place - 4), -1):
            if self.words[at].key.lstrip("و") in ar.BREAKS and self.words[at - 1].end > earlier.start:
                return self.words[at - 1].end
        return None

    def _cue(self, phrase: Phrase, begin: int, stop: int, cue: Words, kind: str = "", via: Phrase | None = None) -> Iterator[Cue]:
        if stop > begin:
            start, end = stretch(self.script, begin, stop - 1)
            yield Cue(phrase, start, end, self.words[cue[0]].start, self.words[cue[1]].end, gender=kind, via=via)

    def _at(self, index: int, floor: int, end: int) -> Iterator[Cue]:
        key = self.words[index].key
        plain = key[1:] if key[0] == "و" and key[1:] in ar.BY else key
        before = self.words[index - 1].key if index > floor else ""
        if plain in ar.BY and index + 1 < end:
            yield from self._according(index, index + 1, floor, end)
        elif key in {"حسبما", "وفقما"} or (key in {"كما", "ما"} and before in {"علي", ""} | {"كما"} or (key == "كما" and index > floor)):
            if index + 1 < end and verb(self.words[index + 1].key) and key != before:
                yield from self._according(index, index, floor, end)
        elif key in ar.OWN_WORDS and before == "حد":
            yield from self._own_words(index, floor, end)
        elif key == "لسان" and before == "علي":
            yield from self._according(index, index + 1, floor, end)
        elif key.lstrip("وف") in ar.PARTICIPLES and index > floor and self._participial(index, end):
            yield from self._participle(index, floor, end)
        elif verb(key) and before not in ar.NEGATED | ar.NOUNY:
            yield from self._verb(index, floor, end)
        elif index == floor:
            yield from self._headline(index, end)

    # -- verbs

    def _verb(self, index: int, floor: int, end: int) -> Iterator[Cue]:
        key = verb(self.words[index].key) or ""
        before = self.words[index - 1].key if index > floor else ""
        kind = gender(self.words[index].key)
        if key in {"نقل", "نقلت", "ينقل", "تنقل"}:
            yield from self._relayed(index, floor, end)
            return
        topic = self._before(index, floor) if self._of_topic(index, floor) else None
        found = None if before in ar.SUBJECT_PRONOUNS or topic else self._after(index + 1, end)
        first, after = index, index + 1
        if found and self._owned(found.phrase, index):
            return
        if found:
            subject, after = found
        else:
            left = topic or (None if before in ar.SUBJECT_PRONOUNS else self._before(index, floor))
            if left and self._owned(left, index):
                return
            if left is None and index > floor and before in ar.SUBJECT_PRONOUNS and not self.cues:
                left = self._opening(floor, index)
            subject = left or Phrase(index, index - 1, pronoun="same")
            first = min(left.first, index) if left else index
        begin = self._said(after, end, key, named=found is not None or subject.pronoun is None, index=index)
        if begin is None:
            return
        if begin >= end:
            if index > floor and found:
                yield from self._cue(subject, self._scope(index, floor), index, (index, after - 1), kind)
            return
        yield from self._cue(subject, begin, end, (first, max(begin - 1, index)), kind)
        if subject.also:
            yield from self._cue(subject.also, begin, end, (first, max(begin - 1, index)))

    def _of_topic(self, index: int, floor: int) -> bool:
        """Whether a verb is that of «أما … فـ…»."""
        key = self.words[index].key
        return key[0] == "ف" and verb(key) == key[1:] and any(self.words[at].key == "اما" for at in range(max(floor, index - 16), index))

    def _owned(self, phrase: Phrase, index: int) -> bool:
        """Whether somebody who speaks already tells of their own people: «إن متطوعيه وثقوا»."""
        key = self.words[phrase.first].key
        told = phrase.first > 0 and self.words[phrase.first - 1].key in ar.THAT
        return bool(self.cues) and told and phrase.first == phrase.last < index and key.endswith(ar.WHOSE) and not definite(key)

    def _said(self, after: int, end: int, key: str, *, named: bool, index: int) -> int | None:
        """First word of what is said, from the word after the speaker on; None where nothing shows that it is said."""
        narrow = key in ar.NARROW
        if after < end and self.words[after].key in ar.EVENTS and not narrow:
            return after
        for place in range(after, min(end, after + _FAR)):
            word = self.words[place]
            if (place > index + 1 or ":" in word.gap) and (":" in word.gap or (quotes_in(word.gap) and short_quotation(self.script, place) is None
                                                          and not self._closing(place))):
                return place
            if word.key in ar.THAT or (word.key[0] in "بو" and word.key[1:] in ar.THAT and word.key in ar.THAT):
                return place + 1
            if place > after and (word.key.lstrip("و") in ar.BREAKS or verb(word.key) in ar.VERBS or (
                word.key in ar.PARTICIPLES and self.script.barred(place))):
                break
        if key in ar.COUNTING:
            near = range(after, min(end, after + _NEAR))
            if key in {"حملت", "تحمل"} and not any(self.words[place].key.startswith("مسوول") for place in near):
                return None
            if key in ar.ESTIMATING and not any(self.words[place].key in ar.TOLLS for place in near):
                return None
            hedged = any(is_number(self.script, place) or self.words[place].key in ar.HEDGES
                         or _spelled(self.words[place].key) for place in near)
            return after if hedged else None
        if narrow or (not named and after < end and self.words[after].key not in ar.BEFORE_THAT and self.words[after].key not in ar.EVENTS):
            return None
        return after

    def _closing(self, place: int) -> bool:
        inside = self.script.quotation(self.words[place].start)
        return inside is None

    def _after(self, first: int, end: int) -> _Subject | None:
        """The subject after a verb, past words of time, with what commas say about it."""
        place = first
        while place < end and self.words[place].key in ar.DAYS and not self.script.barred(place):
            place += 1
        if place >= end or (self.script.barred(place) and short_quotation(self.script, place) is None):
            return None
        key = self.words[place].key
        if key in ar.PREPOSITIONS or key in ar.THAT or key in ar.EVENTS or key in ar.SAYING or key in ar.FOR_ADDRESSEE or key in ar.MANNER:
            return None
        if self.words[place].raw.endswith(("اً", "ًا", "ةً", "ّاً")):
            return None  # the accusative is no subject's
        if bare(key) in ar.ISSUED:
            place = self._issuer(place, end) or place
        found = phrase_at(self.script, place, end, self.known)
        if found is None:
            return None
        last, after = self._appositions(found, end)
        phrase = interpret(self.script, found[0], last, self.known)
        return _Subject(phrase, after) if phrase else None

    def _appositions(self, found: Words, end: int) -> tuple[int, int]:
        """Last word of the phrase with what commas add to it, and the word where what is said can begin."""
        last, place = found[1], found[1] + 1
        bare_office = office(self.words[found[0]].key)
        while place < end and place - found[0] < _FAR:
            gap = self.words[place].gap
            if self.words[place].key in ar.DAYS and not quotes_in(gap) and ":" not in gap:
                place += 1
                continue
            if self.words[place].key in ar.RELATIVES | {"الذي", "التي", "ويدعي", "وتدعي", "يدعي", "تدعي"}:
                skipped = self._past_clause(place, end)
                if skipped is None:
                    break
                place = skipped
                continue
            if not gap or quotes_in(gap) or ":" in gap or gap[0] not in "،,(–-—)":
                break
            key = self.words[place].key
            if key in ar.THAT or key in ar.PREPOSITIONS or key in ar.EVENTS or key in ar.PARTICIPLES or verb(key):
                break
            inner = phrase_at(self.script, place, end, self.known)
            if inner is None:
                break
            closes = inner[1] + 1 < end and (self.script.barred(inner[1] + 1) or self.words[inner[1] + 1].key in ar.THAT)
            if not (office(key) or key in ar.TITLES or (bare_office and closes and inner[1] - inner[0] < 4) or gap == "("):
                break
            last, place = inner[1], inner[1] + 1
        return last, place

    def _past_clause(self, place: int, end: int) -> int | None:
        """The word after a relative clause: after its comma, or where «إن» follows."""
        for at in range(place + 1, min(end, place + 16)):
            if self.words[at].key in ar.THAT and not verb(self.words[at - 1].key) and self.words[at - 1].key not in ar.BEFORE_THAT:
                return at
            if self.script.barred(at) and self.words[at].gap[0] in "،,:":
                return at
        return None

    def _before(self, index: int, floor: int) -> Phrase | None:
        """The subject before a verb: «أما الوكالة فأوردت», «وكان المرصد قد أحصى», «المرصد الذي أحصى»."""
        if index <= floor:
            return None
        last = index - 1
        while last > floor and self.words[last].key in ar.DAYS | {"قد", "لقد", "كان", "كانت"}:
            last -= 1
        if self.words[last].key in ar.RELATIVES:
            return self._antecedent(last, floor)
        start = floor
        for place in range(last, max(floor, last - _FAR) - 1, -1):
            key = self.words[place].key
            if key in ar.LEADING or (key.startswith(("و", "ف")) and key[1:] in ar.LEADING):
                start = place + 1
                break
            if key in ar.THAT or place in self.script.sentence_starts or self._opens_speech(place):
                start = place + (key in ar.THAT)
                break
        while start < index and self.words[start].key in ar.LEADING | {"حين", "المقابل", "بالمقابل"} | ar.DAYS:
            start += 1
        if start >= index or verb(self.words[start].key) in ar.VERBS:
            return None
        found = phrase_at(self.script, start, index, self.known)
        if found is None:
            return None
        end_of, after = self._appositions(found, index)
        if after < index and self.words[after].key not in ar.RELATIVES and any(self.words[place].key not in ar.DAYS | {"قد"} for place in range(after, index)):
            return None
        return interpret(self.script, found[0], end_of, self.known)

    def _opens_speech(self, place: int) -> bool:
        """Whether a word begins a quotation that is too long for a name."""
        inside = self.script.quotation(self.words[place].start) if quotes_in(self.words[place].gap) else None
        return inside is not None and self.script.word_at(inside[0]) == place and short_quotation(self.script, place) is None

    def _antecedent(self, relative: int, floor: int) -> Phrase | None:
        """Whom «الذي» is about: the phrase that ends before it."""
        if self.cues:
            subject = self.cues[-1].subject
            if subject.last == relative - 1:
                return subject
        start, best = relative - 1, None
        while start > floor and relative - start < 12:
            word = self.words[start]
            head = start in self.known or bare(word.key) in ar.SOURCES or office(word.key) or word.key in ar.TITLES
            if head or (best is None and definite(word.key)) or (best == start + 1 and definite(word.key)):
                best = start
            before = self.words[start - 1].key
            if (self.script.barred(start) and not quotes_in(word.gap)) or (
                before in ar.PREPOSITIONS or verb(before) or before in ar.BY or before in ar.RESUMED
            ):
                break
            start -= 1
        if best is None:
            return None
        start = best
        found = phrase_at(self.script, start, relative, self.known)
        return interpret(self.script, *found, self.known) if found and found[1] == relative - 1 else None

    def _relayed(self, index: int, floor: int, end: int) -> Iterator[Cue]:
        """«نقلت الوكالة عن مصدر قوله إن»: the source speaks, the agency relays."""
        found = self._after(index + 1, end)
        via = found.phrase if found else self._before(index, floor)
        place = found.after if found else index + 1
        while place < min(end, index + _FAR) and self.words[place].key != "عن":
            if self.words[place].key in ar.THAT:
                if via:
                    yield from self._cue(via, place + 1, end, (index, place), gender(self.words[index].key))
                return
            place += 1
        source = self._after(place + 1, end) if place + 1 < end else None
        if source is None:
            return
        for at in range(source.after, min(end, source.after + _FAR)):
            word = self.words[at]
            if word.key in ar.THAT or ":" in word.gap or (quotes_in(word.gap) and short_quotation(self.script, at) is None):
                begin = at + (word.key in ar.THAT)
                yield from self._cue(source.phrase, begin, end, (index, max(index, begin - 1)), via=via)
                return

    # -- other forms

    def _according(self, index: int, first: int, floor: int, end: int) -> Iterator[Cue]:
        """«بحسب المرصد», «وفق ما أعلنت الوزارة», «نقلا عن مصدر», «على ما أفاد»."""
        place = first
        relays = self.words[index].key.lstrip("و") == "نقلا"
        if self.words[place].key in {"عن", "الي", "ل"}:
            place += 1
        kind = ""
        if place + 1 < end and self.words[place].key in ar.WHAT:
            place += 1
            if verb(self.words[place].key) is None:
                return
            kind = gender(self.words[place].key)
            place += 1
            while place < end and self.words[place].key in {"به", "عنه", "اليه", "له", "لاحقا", "بذلك"}:
                place += 1
        elif place < end and bare(self.words[place].key) in ar.ISSUED:
            issuer = self._issuer(place, end)
            if issuer is None and bare(self.words[place].key) not in ar.SOURCES:
                return
            place = issuer or place
        if place >= end or (self.script.barred(place) and short_quotation(self.script, place) is None):
            return
        subject = self._after(place, end)
        if subject is None:
            if not kind:
                return
            subject = _Subject(Phrase(index, index - 1, pronoun="same"), place)
        via = self.cues[-1].subject if relays and self.cues else (self._opening(floor, end) if relays else None)
        begun = self.words[index - 1].key in {"علي"}
        cue_first = index - 1 if begun else index
        after = subject.after
        if relays and after < end and self.words[after].key in ar.THAT:
            yield from self._cue(subject.phrase, after + 1, end, (cue_first, after), kind, via)
            return
        if cue_first <= floor + 1 or (self.script.barred(cue_first) is False and cue_first - floor <= 2):
            rest = after
            while rest < end and self.words[rest].key in ar.THAT | {"فان", "فقد", "فإن"}:
                rest += 1
            if rest < end:
                yield from self._cue(subject.phrase, rest, end, (cue_first, max(index, rest - 1)), kind, via)
            return
        stop = cue_first
        if after + 1 < end and self.words[after].key == "في" and self.words[after + 1].key in ar.ISSUED:
            stop = end
        yield from self._cue(subject.phrase, self._scope(cue_first, floor), stop, (cue_first, subject.phrase.last), kind, via)

    def _issuer(self, place: int, end: int) -> int | None:
        """Whose a statement, a count or an estimate is: «بيان الوزارة», «تقدير أولي نشره المكتب», «التقدير الأولي للمكتب»."""
        for at in range(place + 1, min(end, place + 6)):
            key = self.words[at].key
            if self.script.barred(at) and short_quotation(self.script, at) is None:
                return None
            if at in self.known or bare(key) in ar.SOURCES or office(key):
                return at
            if key.startswith("لل") or (key == "عن" and at + 1 < end):
                return at if key != "عن" else at + 1
            if at > place + 1 and key.endswith(("ته", "تها", "ره", "رها", "نه", "نها")) and not definite(key) and at + 1 < end:
                return at + 1
        return None

    def _scope(self, index: int, floor: int) -> int:
        """First word of the clause that a trailing attribution is about."""
        for place in range(index - 2, max(floor, index - 2 * _FAR), -1):
            key = self.words[place].key
            if (key.lstrip("و") in ar.BREAKS and key != "غير") or "؛" in self.words[place].gap or ";" in self.words[place].gap:
                return place
        for cue in reversed(self.cues):
            if cue.start < cue.cue_start and self.words[floor].start <= cue.cue_end <= self.words[index].start:
                return self.script.word_at(cue.cue_end)
        return floor

    def _own_words(self, index: int, floor: int, end: int) -> Iterator[Cue]:
        """«على حد قوله»: the sentence is its subject's."""
        subject = self.cues[-1].subject if self.cues else self._opening(floor, end)
        if subject:
            yield from self._cue(subject, floor, end, (index - 2 if index - 2 >= floor else index, index))

    def _participle(self, index: int, floor: int, end: int) -> Iterator[Cue]:
        """«مشيرا إلى أن»: its subject is the sentence's."""
        opening = None if any(cue.cue_start >= self.words[floor].start for cue in self.cues) else self._opening(floor, end)
        subject = opening or Phrase(index, index - 1, pronoun="same")
        kind = "f" if self.words[index].key.endswith("ه") else "m"
        begin = index + 1
        while begin < end and begin < index + 4 and (self.words[begin].key in ar.BEFORE_THAT or self.words[begin].key in ar.DAYS):
            begin += 1
        if begin < end and self.words[begin].key in ar.THAT:
            begin += 1
        yield from self._cue(subject, begin, end, (index, max(index, begin - 1)), "" if opening else kind)

    def _participial(self, index: int, end: int) -> bool:
        """Whether a word is a participle, and no noun that is spelled like its feminine: «متابعة»."""
        word = self.words[index]
        after = [self.words[at].key for at in range(index + 1, min(end, index + 4))]
        return (not word.key.endswith("ه")) or "\u064b" in word.raw or self.script.barred(index) or (
            bool(after) and (after[0] in ar.THAT or (after[0] in ar.BEFORE_THAT and any(key in ar.THAT for key in after[1:])))
        )

    def _opening(self, floor: int, end: int) -> Phrase | None:
        """Who begins the sentence: after its first verb, or before it."""
        lead = floor
        while lead < end and self.words[lead].key in {"ولم", "لم", "لا", "ولا", "قد", "وقد", "فقد"}:
            lead += 1
        for first in (lead + 1, lead):
            if first < end and self.words[first].key not in ar.PREPOSITIONS and (first > floor or definite(self.words[first].key)):
                found = self._after(first, end)
                if found and ((found.phrase.name and self._plausible(found.phrase)) or bare(self.words[found.phrase.first].key) in ar.SOURCES or office(self.words[found.phrase.first].key)):
                    return found.phrase
        return None

    def _plausible(self, phrase: Phrase) -> bool:
        """Whether a phrase may be a speaker's name, and is no verb's object: «استبعدت فرضية العمل»."""
        word = self.words[phrase.first]
        return phrase.first in self.known or definite(word.key) or not word.key.endswith("ه") or office(word.key) or (
            bare(word.key) in ar.SOURCES or word.key in ar.TITLES
        )

    def _headline(self, index: int, end: int) -> Iterator[Cue]:
        """«المرصد: مقتل 20»: a line that begins with who speaks."""
        found = phrase_at(self.script, index, min(end, index + 7), self.known)
        if found is None or found[1] + 1 >= end or self.words[found[1] + 1].gap != ":":
            return
        phrase = interpret(self.script, *found, self.known)
        if phrase and (found[0] in self.known or bare(self.words[found[0]].key) in ar.SOURCES or office(self.words[found[0]].key)):
            yield from self._cue(phrase, found[1] + 1, end, found)




def _spelled(key: str) -> bool:
    """Whether a word looks like a number in words."""
    return key.removeprefix("ب").startswith(ar.NUMBER_STEMS)
