"""Attributions in English sentences: before, after and around what is said."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ingest.speakers import lexicon_en as en
from ingest.speakers.cues import Cue, Known, Phrase, Words
from ingest.speakers.phrases_en import belongs, capital, interpret, left, right
from ingest.speakers.words import Script, Unit, is_arabic, quotes_in

_INVERTING = en.PLAIN | frozenset(
    "reported reports wrote explained announced tweeted replied confirmed stated noted warned commented argued predicted "
    "recalled asked continued insisted acknowledged".split()  # noqa: SIM905 - a word list reads best as running text
)
_FEW = 4
"""Words before a subject that may be no more than "On Friday," or "In Milan,"."""

_FAR = 30
"""Words looked back from a verb for the beginning of its subject."""

_SCOPES = frozenset(("that", "which", "who"))
Shape = Literal["after", "before", "around"]


class _Found(NamedTuple):
    subject: Phrase
    shape: Shape
    begin: int
    """First word of what is said."""
    end: int
    """One past its last word."""
    cue: Words
    via: Phrase | None = None
    own: bool = True
    """Whether it names a subject of its own, where the clause of the one before may end."""


def read(script: Script, unit: Unit, known: Known) -> list[Cue]:
    """Attributions of one unit, in the order of their words."""
    return [_cue(script, found) for found in _Reader(script, unit, known).run()]


def _cue(script: Script, found: _Found) -> Cue:
    start, end = stretch(script, found.begin, found.end - 1)
    cue = script.words[found.cue[0]].start, script.words[found.cue[1]].end
    return Cue(found.subject, start, end, *cue, via=found.via)


def stretch(script: Script, first: int, last: int) -> tuple[int, int]:
    """Code points from one word to another, with the quotation marks and the stop that belong to them."""
    text, start, end = script.text, script.words[first].start, script.words[last].end
    while start > 0 and text[start - 1] in "\"“”„«‹'‘’([":
        start -= 1
    while end < len(text) and text[end] in "\"“”»›'’.!?…؟%)]":
        end += 1
    return start, end


class _Reader:
    """One pass over one unit."""

    def __init__(self, script: Script, unit: Unit, known: Known) -> None:
        self.script, self.unit, self.known = script, unit, known
        self.words = script.words
        self.found: list[_Found] = []

    def run(self) -> list[_Found]:
        index = self.unit.first
        while index < self.unit.end:
            word = self.words[index]
            if not is_arabic(word):
                floor, end = self._bounds(index)
                for one in self._at(index, floor, end):
                    self._keep(one)
            index += 1
        return self.found

    def _bounds(self, index: int) -> tuple[int, int]:
        """The words a cue may use: those of its quotation, or those of the unit."""
        inside = self.script.quotation(self.words[index].start)
        if inside is None:
            return self.unit.first, self.unit.end
        floor, end = self.script.word_at(inside[0]), self.script.word_at(inside[1])
        return max(floor, self.unit.first), min(max(end, index + 1), self.unit.end)

    def _keep(self, one: _Found) -> None:
        if one.end <= one.begin:
            return
        earlier = self.found[-1] if self.found else None
        if earlier and one.own and one.shape == "after" and earlier.end > one.cue[0] > earlier.begin:
            joint = one.cue[0] - 1
            while joint > earlier.begin and self.words[joint].key in {"also"}:
                joint -= 1
            if joint > earlier.begin and self.words[joint].key in en.BREAKS | {"and"}:
                self.found[-1] = earlier._replace(end=joint)
        self.found.append(one)

    def _at(self, index: int, floor: int, end: int) -> Iterator[_Found]:
        key = self.words[index].key
        if key == "according" and index + 2 < end and self.words[index + 1].key == "to":
            yield from self._according(index, floor, end)
        elif key in {"quoted", "quotes", "cited", "cites", "quoting", "citing"}:
            yield from self._quoting(index, floor, end)
        elif key in en.PROGRESSIVE and index > floor and self.words[index - 1].key in {"is", "are", "was", "were"}:
            yield from self._verb(index, floor, end)
        elif key in en.PARTICIPLES:
            yield from self._participle(index, end)
        elif key in en.VERBS and self._is_verb(index, floor, end):
            yield from self._verb(index, floor, end)
        elif index == floor or index in self.script.sentence_starts:
            yield from self._headline(index, end)

    # -- verbs

    def _is_verb(self, index: int, floor: int, end: int) -> bool:
        key = self.words[index].key
        before = self.words[index - 1].key if index > floor and not self.script.barred(index) else ""
        after = self.words[index + 1].key if index + 1 < end else ""
        if capital(self.script, index) or before in en.PASSIVE | en.NEGATING | en.DETERMINERS | {"of", "widely"}:
            return before in {"others", "many", "some", "another"} and not capital(self.script, index)
        if after in en.RESPONSIBILITY or (after == "the" and index + 2 < end and self.words[index + 2].key in en.RESPONSIBILITY):
            return False
        if key in {"said", "told", "reported", "believed"} and after == "to":
            return key == "said" and self.words[min(index + 2, end - 1)].key not in {"be", "have"}
        if key in en.NOUNS_TOO and not (after == "" or after in {"that", *en.DETERMINERS} or self._number(index + 1)
                                         or (index + 1 < end and capital(self.script, index + 1))):
            return key in en.GIVING | en.COUNTING | en.OBJECTING
        if key in en.GIVING:
            near = {self.words[place].key for place in range(index + 1, min(end, index + 14))}
            return bool(near & en.TOLLS) and any(self._number(place) for place in range(index + 1, min(end, index + 24)))
        if key in en.COUNTING:
            return any(self._number(place) or self.words[place].key == "that" for place in range(index + 1, min(end, index + 8)))
        if key in en.QUOTING:
            near = self.words[index].gap + (self.words[index + 1].gap if index + 1 < end else "")
            backs = self.words[index - 1].gap if index > floor else ""
            return quotes_in(near + backs) or after == "that" or ":" in near
        return True

    def _number(self, index: int) -> bool:
        if index >= len(self.words):
            return False
        word = self.words[index]
        return word.raw[0].isdigit() or word.key.split("-")[0] in _NUMBERS

    def _verb(self, index: int, floor: int, end: int) -> Iterator[_Found]:
        key = self.words[index].key
        before, apart, quoted = self._back(index, floor)
        if key in _INVERTING and (apart or quoted or before < floor or key in {"said", "says", "added"}):
            inverted = self._inverted(index, floor, end, sure=quoted or apart)
            if inverted:
                yield inverted
                return
        phrase = None
        if not quoted:
            phrase = self._apposed(before, floor) if apart else self._subject(before, floor)
        if phrase is None and key in _INVERTING:
            inverted = self._inverted(index, floor, end, sure=True)
            if inverted:
                yield inverted
                return
        if phrase is None:
            phrase = self._initial(index, floor, strict=key not in en.PLAIN)
        if phrase is None:
            yield from self._hidden(index, floor, end)
            return
        if key in en.OBJECTING | en.COUNTING | en.GIVING and phrase.pronoun is None and not self._may_speak(phrase):
            return
        yield from self._around(phrase, index, floor, end)
        if phrase.also:
            yield from self._around(phrase.also._replace(also=None), index, floor, end)

    def _hidden(self, index: int, floor: int, end: int) -> Iterator[_Found]:
        """A second verb of the same subject: "X said that …, and added that …"."""
        before = self.words[index - 1].key if index > floor else ""
        if self.found and before in {"and", "but", "then", "also"}:
            rest, via = self._rest(index, end)
            if rest < end:
                same = Phrase(index, index - 1, pronoun="same")
                last = self.found[-1]
                if last.end > index - 1 > last.begin:
                    self.found[-1] = last._replace(end=index - 1)
                yield _Found(same, "after", rest, end, (index, index), via, own=False)

    def _back(self, index: int, floor: int) -> tuple[int, bool, bool]:
        """The word before a verb that may end its subject; whether a comma, whether a quotation mark parts them."""
        apart = self._parted(index)
        quoted = quotes_in(self.words[index].gap)
        place = index - 1
        while place >= floor and not quoted:
            key = self.words[place].key
            aged = key.isdigit() and len(key) < 3 and place > floor and capital(self.script, place - 1)
            timely = key in en.DAYS or key in en.DAY_WORDS or aged or (key.isdigit() and place + 1 < index)
            if not (key in en.OFTEN or (key in en.PASSIVE and place + 1 == index) or timely or (key in {"on", "in", "at"} and place + 1 < index and (
                    self.words[place + 1].key in en.DAYS | en.DAY_WORDS))):
                break
            if key in en.DAY_WORDS and place > floor and self.words[place - 1].key in {"that", "the"} and not (
                    self.words[place - 1].key == "the" and place - 2 >= floor and self.words[place - 2].key in {"on", "in"}):
                break
            quoted = quotes_in(self.words[place].gap)
            apart = apart or self._parted(place)
            place -= 1
        return place, apart, quoted

    def _parted(self, index: int) -> bool:
        """Whether more than the end of a bracket parts a word from the one before it."""
        return self.script.barred(index) and self.words[index].gap != ")"

    def _subject(self, last: int, floor: int) -> Phrase | None:
        """The phrase right before a verb; the one before "who" where it ends a clause."""
        if last < floor:
            return None
        bracket = self._acronym(last, floor)
        if bracket is not None:
            whole = self._subject(bracket, floor)
            if (whole is None or whole.name is None) and capital(self.script, last):
                return Phrase(last, last, name=(last, last))
            return whole
        found = left(self.script, last, floor, self.known)
        if found is None:
            return None
        words = self.words[found[0]]
        if words.key in {"who", "which"}:
            comma = found[0] - 1
            antecedent = left(self.script, comma, floor, self.known) if comma >= floor else None
            phrase = interpret(self.script, *antecedent, self.known) if antecedent else None
            return phrase or Phrase(found[0], found[1], pronoun="same")
        clause = self._relative(found[0], floor)
        if clause is not None:
            return clause
        phrase = interpret(self.script, *found, self.known)
        if phrase and phrase.pronoun is None:
            phrase = self._pair(phrase)
        return phrase

    def _acronym(self, last: int, floor: int) -> int | None:
        """The word before "(SOHR)"."""
        word = self.words[last]
        closes = last + 1 < len(self.words) and self.words[last + 1].gap.startswith(")")
        return last - 1 if closes and word.gap.endswith("(") and last - 1 >= floor else None

    def _pair(self, phrase: Phrase) -> Phrase:
        """Split "the Observatory and the Committees" in two."""
        for place in range(phrase.first + 1, phrase.last):
            if self.words[place].key == "and":
                one = interpret(self.script, phrase.first, place - 1, self.known)
                two = interpret(self.script, place + 1, phrase.last, self.known)
                if one and two and (one.name or two.name) and not self._runs_through(place):
                    return one._replace(also=two)
        return phrase

    def _runs_through(self, place: int) -> bool:
        return any(first < place <= last for first, (last, _) in self.known.items() if place - 8 <= first < place)

    def _relative(self, first: int, floor: int) -> Phrase | None:
        """The subject before "who heads the Observatory", where the phrase found is only that clause's object."""
        hanging = first > floor and not self.script.barred(first) and (
            self.words[first - 1].key in en.PREPOSITIONS | {"heads", "leads", "runs", "directs", "chairs", "monitors", "tracks",
                "has", "uses", "is", "represents", "coordinates", "owns", "commands", "called", "including", "named"}
        )
        if not hanging:
            return None
        for place in range(first - 1, max(floor, first - _FAR), -1):
            key = self.words[place].key
            if key in {"who", "which"}:
                antecedent = left(self.script, place - 1, floor, self.known)
                phrase = interpret(self.script, *antecedent, self.known) if antecedent else None
                return self._heading(phrase, place, first) if phrase and phrase.pronoun is None else None
            if place in self.script.sentence_starts or (key in en.VERBS and key in en.PLAIN):
                return None
        return None

    def _heading(self, phrase: Phrase, place: int, first: int) -> Phrase:
        """Add the body of "who heads the Observatory" to a person."""
        heads = next((at for at in range(place + 1, min(place + 4, len(self.words))) if self.words[at].key in en.HEADING), None)
        if heads is None or not phrase.person:
            return phrase
        found = right(self.script, heads + 1, min(len(self.words), heads + 14))
        body = interpret(self.script, *found, self.known) if found else None
        if body is None or body.person:
            return phrase
        return phrase._replace(body=body.name or found, heading=True)

    def _apposed(self, last: int, floor: int) -> Phrase | None:
        """The subject of ", director of the Observatory, said", ", who heads it, said", ", Rami Abdel Rahman, said"."""
        owner = next((at for at in range(last, max(floor, last - _FAR), -1) if self.words[at].key == "whose"), None)
        if owner is not None and self.script.barred(owner):
            found = left(self.script, owner - 1, floor, self.known)
            return interpret(self.script, *found, self.known) if found else None
        inner = last
        while inner > floor and last - inner < _FAR and not self.script.barred(inner):
            inner -= 1
        if inner <= floor or last - inner >= _FAR or inner in self.script.sentence_starts:
            found = left(self.script, last, floor, self.known)
            return interpret(self.script, *found, self.known) if found else None
        outer = left(self.script, inner - 1, floor, self.known)
        if outer is None and inner - 1 > floor and self.script.barred(inner - 1):
            return None
        if outer is None:
            return self._subject(last, floor) if self.words[inner].key not in {"who", "which"} else None
        if self.words[inner].key in {"who", "which", "whose", "where"}:
            base = interpret(self.script, *outer, self.known)
            return self._heading(base, inner, last) if base else None
        inside = right(self.script, inner, last + 1)
        if inside is None or self.words[outer[0]].key in en.PRONOUNS:
            return interpret(self.script, *outer, self.known)
        whole = interpret(self.script, outer[0], inside[1], self.known)
        return whole if whole and whole.name else interpret(self.script, *outer, self.known)

    def _initial(self, index: int, floor: int, *, strict: bool) -> Phrase | None:
        """The phrase that begins a verb's sentence, where what stands between says more about it."""
        start = floor
        for place in range(index - 1, max(floor, index - _FAR) - 1, -1):
            if place in self.script.sentence_starts or quotes_in(self.words[place].gap):
                start = place
                break
        else:
            if index - floor > _FAR:
                return None
        while start < index and (self.words[start].key in {"but", "and", "meanwhile", "however", "later", "earlier", "still", "yet"}):
            start += 1
        if any(self.words[place].key in en.FINITE or self.words[place].key in en.PLAIN for place in range(start, index)):
            if not any(self.words[place].key in {"who", "which", "whose"} for place in range(start, index)):
                return None
        found = right(self.script, start, index)
        phrase = interpret(self.script, *found, self.known) if found else None
        if phrase is None and not strict and index - start <= 10 and start < index and self.words[start].key not in en.PREPOSITIONS:
            if self.words[start].key in en.CLAUSES or any(self.script.barred(place) for place in range(start + 1, index)):
                return None
            return Phrase(start, index - 1)
        return phrase if phrase is None or phrase.pronoun is None or index - start < 3 else None

    def _inverted(self, index: int, floor: int, end: int, *, sure: bool) -> _Found | None:
        """Said X: the phrase after the verb, where the sentence, a comma or a quotation ends it."""
        if index + 1 >= end or self.script.barred(index + 1) or index <= floor:
            return None
        found = right(self.script, index + 1, end)
        if found is None:
            return None
        phrase = interpret(self.script, *found, self.known)
        after = found[1] + 1
        if phrase is None or (phrase.pronoun is not None and not sure):
            return None
        ends = after >= end or self.script.barred(after) or self.words[after].key in (
            en.PREPOSITIONS | en.DAYS | en.PARTICIPLES | {"who", "which", "whose", "during", "after", "as", "and", "a", "an", "told", "late", "early", "when", "speaking", "referring", "describing"})
        if not ends or (not sure and not (phrase.name or self._closes(index, after, end))):
            return None
        if not sure and (after < end and not self.script.barred(after)) and not phrase.heading and not phrase.person:
            return None
        rest, via = self._rest(found[1], end)
        last, shape = index, "before"
        if rest < end and quotes_in(self.words[rest].gap) and after <= rest:
            last, shape = end, "around"
        elif rest < end and "," in self.words[rest].gap and after < end and self.words[after].key not in {"who", "which", "whose"} and sure:
            if self.words[rest].key not in en.PARTICIPLES | {"after", "as", "when", "before", "a", "an", "the"}:
                last, shape = end, "around"
        begin = self._from(index, floor)
        return _Found(phrase, "before" if shape == "before" else "around", begin, last, (index, found[1]), via)

    def _closes(self, index: int, after: int, end: int) -> bool:
        return after >= end

    def _may_speak(self, phrase: Phrase) -> bool:
        if phrase.name:
            return True
        return any(self.words[place].key in en.SOURCES | en.OFFICES for place in range(phrase.first, phrase.last + 1))

    # -- what is said

    def _rest(self, index: int, end: int) -> tuple[int, Phrase | None]:
        """Where what is said begins after a verb: past whom it is told, when and where; and who passes it on."""
        place, via = index + 1, None
        if self.words[index].key in {"told", "tells", "informed"} and place < end:
            place, via = self._addressee(place, end)
        while place < end:
            word = self.words[place]
            if quotes_in(word.gap) or ":" in word.gap:
                break
            skipped = self._adjunct(place, end)
            if skipped == place:
                break
            place = skipped
        if place < end and self.words[place].key in {"that", "how"} and place + 1 < end:
            place += 1
        return place, via

    def _addressee(self, place: int, end: int) -> tuple[int, Phrase | None]:
        found = right(self.script, place, end)
        if found is None:
            key = self.words[place].key
            return (place + 1 if key in en.ADDRESSEES else place), None
        last = found[0]
        while last < found[1] and not self.script.barred(last + 1) and self.words[last + 1].key != "that":
            last += 1
        if any(self.words[at].key in {"conference", "briefing"} for at in range(last + 1, min(end, last + 3))):
            return last + 2, None
        phrase = interpret(self.script, found[0], last, self.known)
        relays = phrase is not None and (
            any(self.words[at].key in en.RELAYS for at in range(found[0], last + 1))
            or (phrase.name is not None and self.words[found[0]].key not in en.DETERMINERS and not phrase.person)
            or (phrase.name == found and last - found[0] <= 1 and self.words[found[0]].key not in en.DETERMINERS)
        )
        if relays and phrase and phrase.person:
            phrase = phrase._replace(person=False)
        return last + 1, phrase if relays else None

    def _adjunct(self, place: int, end: int) -> int:
        """Past one phrase of time, place or occasion; the same place where there is none."""
        word, after = self.words[place], place + 1
        key = word.key
        if key in en.DAYS or key in en.OFTEN or (key in {"late", "early"} and after < end and self.words[after].key in en.DAYS | {"on"}):
            return after
        if key in {"morning", "afternoon", "evening", "night"} and self.words[place - 1].key in en.DAYS:
            return after
        if key.isdigit() and (self.words[place - 1].key in en.DAYS or (after < end and self.words[after].key in en.DAYS)):
            return after
        if key not in {"on", "in", "at", "by", "from", "to", "during", "via", "through", "after", "over", "late", "of"} or after >= end:
            return place
        if key in {"on", "late"} and self.words[after].key in en.DAYS | en.DAY_WORDS:
            return after + 1
        if key == "of":
            return place
        for last in range(after, min(end, after + 11)):
            if self.script.barred(last) or self.words[last].key in en.PLAIN | en.PASSIVE:
                break
            if self.words[last].key == "that":
                return last
        for last in range(after, min(end, after + 7)):
            if last > after and self.script.barred(last):
                break
            if self.words[last].key in _OCCASIONS:
                return last + 1
        if key in {"in", "from", "on", "at"} and capital(self.script, after) and not self.script.barred(after):
            last = after
            while last + 1 < end and capital(self.script, last + 1) and not self.script.barred(last + 1):
                last += 1
            following = self.words[last + 1].key if last + 1 < end else ""
            if following in {"that", ""} or (last + 1 < end and self.script.barred(last + 1)):
                return last + 1
        if key == "to" and capital(self.script, after):
            return after + 1
        return place

    def _from(self, index: int, floor: int) -> int:
        """First word of what an attribution after it is about: the sentence, or the quotation it ends."""
        begin = floor
        gap_quote = quotes_in(self.words[index].gap)
        for place in range(index - 1, floor, -1):
            if place in self.script.sentence_starts:
                begin = place
                break
        if gap_quote:
            inside = self.script.quotation(self.words[index - 1].start)
            if inside:
                opened = self.script.word_at(inside[0])
                begin = min(begin, opened) if begin > floor or opened <= begin else begin
                begin = self._clause(begin, opened)
        for earlier in reversed(self.found):
            if earlier.shape != "after" and begin <= earlier.cue[1] < index and earlier.own:
                return earlier.cue[1] + 1
        return begin

    def _clause(self, begin: int, opened: int) -> int:
        return begin

    def _around(self, phrase: Phrase, index: int, floor: int, end: int) -> Iterator[_Found]:
        """Tell from what stands around a subject and its verb which side is said."""
        first = min(phrase.first, index) if phrase.first <= index else index
        rest, via = self._rest(index, end)
        begin = self._from(first, floor)
        some = first - begin
        cue = (first, max(index, min(rest, end) - 1) if self.words[min(rest, end) - 1].key == "that" else index)
        quoted = first > floor and quotes_in(self.words[first].gap) and some > 0
        after_gap = self.words[rest].gap if rest < end else ""
        stop = self._until(index, rest, end)
        if rest >= end:
            if some > 0:
                yield _Found(phrase, "before", begin, first, cue, via)
            return
        key = self.words[rest].key
        if key in en.TRAILING and some > 0 and self.words[rest - 1].key != "that":
            yield _Found(phrase, "before", begin, first, cue, via)
            return
        if quoted and quotes_in(after_gap):
            yield _Found(phrase, "around", begin, end, cue, via)
        elif quoted or (some > 0 and key in en.PARTICIPLES):
            yield _Found(phrase, "before", begin, first, cue, via)
            if quoted and key not in en.PARTICIPLES | en.CLAUSES and "," not in after_gap and self.words[rest - 1].key == "that":
                yield _Found(phrase, "after", rest, end, cue, via)
        elif some >= _FEW and key.endswith("ing") and "," in after_gap:
            yield _Found(phrase, "around", begin, end, cue, via)
        elif some >= _FEW and after_gap in {",", "-", "–", "—"} and (self.words[first].gap or key in en.CLAUSES | {"a", "an", "more", "and"}) and (
                self.words[rest - 1].key != "that"):
            yield _Found(phrase, "around", begin, end, cue, via)
        elif some > _FEW and self._trails(index, rest, end):
            yield _Found(phrase, "before", begin, first, cue, via)
        else:
            yield _Found(phrase, "after", rest, stop, cue, via)

    def _trails(self, index: int, rest: int, end: int) -> bool:
        """Whether what follows a verb is only about the saying: "said after the attack", "said referring to …"."""
        key = self.words[rest].key
        if self.words[rest - 1].key == "that":
            return False
        starts = self.words[rest].raw[0].isupper() and key in en.COMMON and not quotes_in(self.words[rest].gap)
        return starts or key in {"after", "when", "as", "while", "but"}

    def _until(self, index: int, rest: int, end: int) -> int:
        """Where a statement that follows ends: with its sentence, or the quotation that begins in it."""
        stop = end
        for place in range(rest + 1, end):
            if place in self.script.sentence_starts:
                inside = self.script.quotation(self.words[place].start)
                if inside is None or inside[0] < self.words[index].start:
                    stop = place
                    break
        return stop

    # -- other forms

    def _according(self, index: int, floor: int, end: int) -> Iterator[_Found]:
        found = right(self.script, index + 2, end)
        if found is None:
            return
        first, last = found
        for place in range(first + 1, last + 1):
            if self.words[place].key in {"which", "who"}:
                last = place - 1
        if last + 1 < end and self.words[last + 1].key in en.QUALIFYING and not self.script.barred(last + 1):
            last = self._qualified(last + 1, end)
        phrase = interpret(self.script, first, last, self.known) or Phrase(first, last)
        start = index
        for place in range(index - 1, floor - 1, -1):
            if place + 1 in self.script.sentence_starts or quotes_in(self.words[place + 1].gap):
                break
            start = place
        after = last + 1
        if index - start <= 2 or (self.script.barred(index) and index - start <= 5 and not self._number(start)
                                  and not any(self._number(place) for place in range(start, index))):
            rest = after
            if rest < end:
                yield _Found(phrase, "after", rest, self._until(index, rest, end), (index, last))
            return
        begin, stop = self._scope(index, start), index
        inner = after < end and self.words[after].key not in {"which", "who"} and "," in self.words[after].gap
        if inner:
            stop = self._until(index, after, end)
        yield _Found(phrase, "before", begin, stop, (index, last), own=True)

    def _qualified(self, place: int, end: int) -> int:
        """The last word of "familiar with the negotiations"."""
        last = place
        while last + 1 < end and last - place < 6 and not self.script.barred(last + 1):
            last += 1
        return last

    def _scope(self, index: int, start: int) -> int:
        """First word of the clause that a trailing attribution is about."""
        inner = self.script.barred(index) and any(one.shape == "after" for one in self.found)
        for place in range(index - 1, start, -1):
            key = self.words[place].key
            if (key in en.BREAKS and place + 3 < index) or (inner and key in _SCOPES and place == index - 1):
                return place
            if ";" in self.words[place].gap:
                return place
        for earlier in reversed(self.found):
            if earlier.shape == "before" and start <= earlier.cue[1] < index:
                return earlier.cue[1] + 1
        return start

    def _quoting(self, index: int, floor: int, end: int) -> Iterator[_Found]:
        """An agency quotes somebody: "SANA quoted a source as saying", "…, citing a source"."""
        key = self.words[index].key
        active = not (index > floor and self.words[index - 1].key in en.PASSIVE)
        if not active:
            yield from self._quoted(index, floor, end)
            return
        found = right(self.script, index + 1, end)
        phrase = interpret(self.script, *found, self.known) if found else None
        if phrase is None or found is None or not (phrase.name or self._may_speak(phrase)):
            return
        via: Phrase | None
        if key.endswith("ing"):
            via = self.found[-1].subject if self.found else self._initial(index, floor, strict=True)
        else:
            before, apart, _ = self._back(index, floor)
            via = self._apposed(before, floor) if apart else self._subject(before, floor)
        rest = found[1] + 1
        says = rest + 1 < end and self.words[rest].key == "as" and self.words[rest + 1].key.endswith("ing")
        if says:
            rest, _ = self._rest(rest + 1, end)
        first = via.first if via and not key.endswith("ing") else index
        begin = self._from(first, floor)
        if says and rest < end:
            yield _Found(phrase, "after", rest, self._until(index, rest, end), (index, rest - 1), via)
        elif first > begin:
            yield _Found(phrase, "before", begin, first, (index, found[1]), via)

    def _quoted(self, index: int, floor: int, end: int) -> Iterator[_Found]:
        """Somebody was quoted: "the minister was quoted by SANA as saying"."""
        before, _, _ = self._back(index - 1, floor)
        phrase = self._subject(before, floor)
        if phrase is None or index + 1 >= end:
            return
        via, rest = None, index + 1
        for place in range(index + 1, min(end, index + 12)):
            if self.words[place].key == "by":
                found = right(self.script, place + 1, end)
                via = interpret(self.script, *found, self.known) if found else None
            if self.words[place].key == "saying":
                rest, _ = self._rest(place, end)
                if rest >= end:
                    yield _Found(phrase, "before", self._from(phrase.first, floor), phrase.first, (phrase.first, place), via)
                elif self.words[rest].key == "by":
                    found = right(self.script, rest + 1, end)
                    via = interpret(self.script, *found, self.known) if found else None
                    stop = self._from(phrase.first, floor)
                    yield _Found(phrase, "before", stop, phrase.first, (phrase.first, place), via)
                else:
                    yield _Found(phrase, "after", rest, self._until(index, rest, end), (phrase.first, place), via)
                return

    def _participle(self, index: int, end: int) -> Iterator[_Found]:
        key = self.words[index].key
        before = self.words[index - 1].key if index > self.unit.first else ""
        if self.words[index].raw[0].isupper() and index + 1 < end and self.words[index + 1].key == "by":
            return
        if before in en.PASSIVE | en.DETERMINERS | {"without", "not"} or index + 1 >= end or before == "as":
            return
        near = {self.words[place].key for place in range(index + 1, min(end, index + 8))}
        if key in en.GIVING and not (near & en.TOLLS and any(self._number(at) for at in range(index + 1, min(end, index + 16)))):
            return
        rest, via = self._rest(index, end)
        if rest >= end:
            return
        subject = Phrase(index, index - 1, pronoun="same")
        if not self.found:
            initial = self._opening()
            if initial is None:
                return
            subject = initial
        elif self.found[-1].end > index > self.found[-1].begin and self.found[-1].shape != "around":
            self.found[-1] = self.found[-1]._replace(end=index)
        yield _Found(subject, "after", rest, self._until(index, rest, end), (index, index), via, own=False)

    def _opening(self) -> Phrase | None:
        """Who begins the sentence."""
        found = right(self.script, self.unit.first, self.unit.end)
        return interpret(self.script, *found, self.known) if found else None

    def _headline(self, index: int, end: int) -> Iterator[_Found]:
        """A line that begins or ends with who speaks: "Monitor: 20 killed", "20 killed: monitor"."""
        if index in self.script.headlines:
            yield from self._headline_end(index, end)
        stop = next((at for at in range(index + 1, min(end, index + 40)) if at in self.script.sentence_starts), min(end, index + 40))
        for place in range(index + 1, stop):
            gap = self.words[place].gap
            if ":" in gap or (gap in {"-", "–", "—"} and stop - place <= 4):
                before = right(self.script, index, place) if place - index <= 6 and ":" in gap else None
                if before and before[1] == place - 1 and (phrase := interpret(self.script, *before, self.known)) and self._may_head(phrase):
                    yield _Found(phrase, "after", place, stop, before)
                    return
                after = right(self.script, place, stop) if place - index >= 3 and stop - place <= 6 else None
                if after and after[1] == stop - 1 and (phrase := interpret(self.script, *after, self.known)) and self._may_head(phrase):
                    yield _Found(phrase, "before", index, place, after)
                return

    def _headline_end(self, index: int, end: int) -> Iterator[_Found]:
        """A headline that lost its colon: "20 killed in Aleppo monitor"."""
        last = end - 1
        if last - index > 3 and self.words[last].key in en.HEADLINE_ENDS and not self.script.barred(last):
            yield _Found(Phrase(last, last), "before", index, last, (last, last))

    def _may_head(self, phrase: Phrase) -> bool:
        if phrase.name:
            return phrase.name[0] in self.known or phrase.person
        keys = [self.words[at].key for at in range(phrase.first, phrase.last + 1)]
        return keys != ["source"] and any(key in en.SOURCES for key in keys)


_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozens scores dozen "
    "half".split()  # noqa: SIM905 - a word list reads best as running text
)
_OCCASIONS = frozenset(
    "statement statements report tweet interview briefing conference phone telephone email e-mail video message letter "
    "post speech television condition update radio facebook twitter telegram website".split()  # noqa: SIM905
)
