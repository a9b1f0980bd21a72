"""The parts of a question as it is written: who is asked, where, when, and what it is about.

Spans are 0-based code points into the question, half open. Used to carry over what a follow-up leaves out
(`qa.followups`): what is not recognised here stays in what the question is about.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from ingest.aliases import Aliases
from ingest.dates import MONTHS
from ingest.figures.fates import fate_of
from ingest.figures.tokens import Token, tokenize
from ingest.figures.unit_words import unit_words
from ingest.lexis import STOP_WORDS, fold
from ingest.places import Places
from ingest.sentences import Span
from qa import saying
from qa.question import Asked, read_question

_MONTHS_EN = "|".join(name.capitalize() for name in MONTHS if name.isascii())
_MONTHS_AR = "|".join(
    sorted({re.sub("[اأإآ]", "[اأإآ]", name) for name in MONTHS if not name.isascii()}, key=len, reverse=True)
)
_WEEKDAYS_EN = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_TIME = re.compile(
    rf"(?:\b(?:on|in|by|since|until|till|during|before|after|of|from) )?(?:the )?(?:\b(?:early|late|mid-) ?)?"
    rf"(?:(?:(?:{_WEEKDAYS_EN}),? )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?\b(?:{_MONTHS_EN})\b\.?"
    rf"(?: \d{{1,2}}(?:st|nd|rd|th)?(?!\d))?(?:,? (?:of )?\d{{4}})?|\b(?:{_WEEKDAYS_EN})\b)"
    r"|(?:\b(?:on|in|by|since|until|during|before|after|for) )?\b(?:19|20)\d\d(?:-\d\d-\d\d)?\b(?![,.]\d)"
    r"|(?:(?<!\w)[وف]?(?:في|يوم|منذ|حتى|بحلول|خلال|مطلع|أوائل|أواخر|شهر|قبل|بعد|بتاريخ) )*"
    rf"(?:\d{{1,2}} )?(?<!\w)[بل]?(?:{_MONTHS_AR})(?!\w)(?: ?[/(] ?(?:{_MONTHS_AR})\)?)?"
    r"(?: (?:من )?(?:عام |العام |سنة )?\d{4})?"
    r"|(?<!\w)(?:(?:في|منذ|حتى|خلال|قبل|بعد|مطلع) )?[بل]?(?:ال)?(?:عام|سنة) \d{4}"
)
_WHERE_EN = re.compile(r"\b(?:in|at|near|around|outside|inside|off|of|from|to|over|on)(?: the)? $", re.IGNORECASE)
_WHERE_AR = re.compile(r"(?<!\w)(?:في|قرب|من|إلى|على|داخل|خارج|حول|قبالة|عند) (?:(?:مدينة|بلدة|محافظة|قرية|ريف) )?$")
_NAMED_EN = re.compile(
    r"\b(?:in|at|near|around|outside|off)(?: the (?:town|city|village|province|port) of)? "
    r"(?P<name>(?:[A-Z][\w’'-]*|al-\w+)(?: (?:[A-Z][\w’'-]*|al-\w+))*)"
)
_CUE_EN = re.compile(
    r"(?:,\s*)?\b(?:(?:according|due) to|as per|per|by|from|going by|did|does|do|has|have|had|that|which|as|citing"
    r"|in the words of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER_EN = re.compile(r"^(?:,?\s*(?:\w+ly|also|first|later))?\s*(?P<verb>[a-z]+)\b(?:\s+(?:that|it)\b)?")
_AFTER_AR = re.compile(r"^\s*(?:إن|أن|إنه|أنه|إنها|أنها|إنهم|أنهم|بأن)(?!\w)")
_SAYING_EN = saying.SAY | saying.SAID | saying.SAYS | saying.SAY_OF_WORDS | saying.SAID_OF_WORDS
_HEAD = STOP_WORDS | saying.words("""
    number total latest last final exactly exact people person there that those these still now toll figure count
    people's death first times other others another more else
    بكم بماذا بأي مم عم آخر إجمالي مجموع الأشخاص شخص شخصا أشخاص تحديدا بالضبط الآن بلغ بلغت حصيلة الحصيلة العدد
    عددهم غيرهم أيضا""")
"""Words that a question asks with, and that say nothing of what it is about."""

_LEADS_ON_EN = saying.words("""
    in at on near during after before from by when since over while off outside inside around under against between
    among about""")
_LEADS_ON_AR = saying.words("""
    في قرب خلال بعد قبل منذ عند حين عندما داخل قبالة على إلى جراء إثر بسبب أثناء نتيجة خارج حول بين من عن لدى ضد""")

EVENTS = saying.EVENTS_AR | saying.words("""
    attack strike raid bombing shelling shooting earthquake quake flood floods fire wildfire explosion blast crash
    collision sinking election elections referendum vote protest protests outbreak storm collapse accident siege battle
    ambush hurricane cyclone drought famine landslide derailment stampede summit conference trial verdict massacre
    clash clashes epidemic tsunami
    الهجوم الغارة الغارات القصف الزلزال الحريق الانفجار التفجير الانهيار الفيضان الفيضانات السيول سيول فيضان فيضانات
    الانتخابات انتخابات استفتاء الاستفتاء إعصار الإعصار عاصفة العاصفة وباء الوباء تفش تفشي احتجاجات مظاهرة معركة كمين
    الكمين الكوليرا الحصبة إضراب الإضراب قمة القمة مؤتمر المؤتمر اصطدام تدافع""")
"""Words that name an event."""


_VERB = 2
"""Words that say what was done."""


class Parts:
    """One question, taken apart."""

    def __init__(self, text: str, *, aliases: Aliases, places: Places) -> None:
        self.text = text.strip().rstrip("?؟ ").strip()
        self.tokens: Sequence[Token] = tokenize(self.text)
        self.known_places = places
        self.aliases = aliases

    @cached_property
    def asked(self) -> Asked:
        """What it asks."""
        return read_question(f"{self.text}?", aliases=self.aliases, places=self.known_places)

    @cached_property
    def arabic(self) -> bool:
        """Whether it is written in Arabic letters."""
        return any(token.arabic for token in self.tokens[:3])

    @cached_property
    def speaker(self) -> Span | None:
        """The name of whose words it asks."""
        name = self.asked.speaker
        at = self.text.find(name) if name else -1
        return Span(at, at + len(name)) if name and at >= 0 else None

    @cached_property
    def attribution(self) -> Span | None:
        """That name with the words that make it a speaker: "according to X", "did X say that"."""
        if self.speaker is None:
            return None
        start, end = self.speaker
        if self.arabic:
            return self._attribution_ar(start, end)
        if cue := _CUE_EN.search(self.text[:start]):
            start = cue.start()
        rest = _AFTER_EN.match(self.text[end:])
        if rest and fold(rest["verb"]) in _SAYING_EN:
            end += rest.end()
        return Span(start, end)

    def _attribution_ar(self, start: int, end: int) -> Span:
        before = [token for token in self.tokens if token.end <= start or token.start < start < token.end]
        for at in range(len(before) - 1, max(-1, len(before) - 4), -1):
            plain = before[at].plain
            bare = next(
                (plain.removesuffix(o) for o in saying.OBJECTS_AR if plain.removesuffix(o) in saying.SAY_AR), plain
            )
            cue = bare in saying.SAY_AR | saying.SAY_OF_WORDS_AR | saying.ACCORDING_AR | saying.STATEMENTS_AR
            if not (cue or before[at].end > start):
                break
            start = before[at].start
        if start and self.text[:start].rstrip().endswith(("،", ",")):
            start = len(self.text[:start].rstrip()) - 1
        after = _AFTER_AR.match(self.text[end:])
        return Span(start, end + (after.end() if after else 0))

    @cached_property
    def times(self) -> tuple[Span, ...]:
        """When, each with its preposition."""
        return tuple(Span(*found.span()) for found in _TIME.finditer(self.text) if not self._in_speaker(found.start()))

    @cached_property
    def places(self) -> tuple[Span, ...]:
        """Names of places, known ones or such as stand where places do, without prepositions."""
        found = {Span(one.start, one.end) for one in self.known_places.find(self.text)}
        if not self.arabic:
            found |= {Span(*one.span("name")) for one in _NAMED_EN.finditer(self.text)}
        return tuple(_outermost(one for one in found if not self._in_speaker(one.start) and not self._in_time(one)))

    def _in_speaker(self, at: int) -> bool:
        return self.speaker is not None and self.speaker.start <= at < self.speaker.end

    def _in_time(self, span: Span) -> bool:
        return any(time.start <= span.start < time.end for time in self.times)

    def located(self, place: Span) -> Span:
        """A place with the preposition before it."""
        before = (_WHERE_AR if self.arabic else _WHERE_EN).search(self.text[: place.start])
        return Span(before.start() if before else place.start, place.end)

    @cached_property
    def content(self) -> tuple[Token, ...]:
        """Words that say what it is about, besides who, where, when, what is counted and what befell them."""
        apart = [*self.times, *self.places, *([self.attribution] if self.attribution else [])]
        return tuple(
            token
            for token in self.tokens
            if token.kind == "word"
            and not self.is_of_asking(token)
            and token.plain not in _LEADS_ON_EN | _LEADS_ON_AR
            and not any(span.start <= token.start < span.end for span in apart)
        )

    def is_of_asking(self, token: Token) -> bool:
        """Whether a word is one to ask with, a counted thing, or what befell people."""
        units = unit_words().units
        if is_event(token):
            return False
        bare = token.plain.removeprefix("و") if token.arabic else token.plain
        forms = {token.plain, bare, bare.removeprefix("ال"), bare.removeprefix("لل"), bare.removesuffix("ا")}
        counts = any(form in units for form in forms)
        return (
            bool(forms & _HEAD) or counts or fate_of(token) is not None or (not token.arabic and len(token.text) == 1)
        )

    def about(self, *, without: Iterable[Span] = (), past_verb: bool = False) -> str:
        """What it is about, as written, from the first word that says so on; empty where nothing does.

        Args:
            without: what is left out of it.
            past_verb: leave out a word or two before the first preposition, what was done with whom: "recovered from".
        """
        cut = sorted([*without, *([self.attribution] if self.attribution else [])])
        kept = [token for token in self.tokens if not any(span.start <= token.start < span.end for span in cut)]
        first = next((at for at, token in enumerate(kept) if self._begins(token)), None)
        if first is None:
            return ""
        if past_verb:
            first = self._past_verb(kept, first)
        if first and kept[first - 1].plain in {"the", "a", "an"}:
            first -= 1
        return self._joined(kept[first].start, cut)

    def setting(self) -> Span | None:
        """In what event or place, with the words before it: "at the Karsan bus station", up to the end or the speaker.

        `None` where no such words are led by a preposition.
        """
        who = self.attribution
        leads = [
            token
            for token in self.tokens
            if token.start > 0
            and token.plain in (_LEADS_ON_AR if token.arabic else _LEADS_ON_EN)
            and not (who and who.start <= token.start < who.end)
        ]
        if not leads:
            return None
        start = leads[0].start
        return Span(start, who.start if who and who.start > start else len(self.text))

    def event(self) -> Token | None:
        """The first word that names an event."""
        return next((token for token in self.tokens if is_event(token)), None)

    def _past_verb(self, kept: Sequence[Token], first: int) -> int:
        for at in range(first, min(first + _VERB, len(kept))):
            if kept[at].capital or kept[at].kind != "word" or kept[at].plain in EVENTS:
                return first
            following = kept[at + 1] if at + 1 < len(kept) else kept[at]
            if following.plain in (_LEADS_ON_AR if following.arabic else _LEADS_ON_EN):
                return first if leads_on(kept[first].text) else at + 1
        return first

    def _begins(self, token: Token) -> bool:
        if token.kind == "mark":
            return token.text in '«“"'
        if token.plain in (_LEADS_ON_AR if token.arabic else _LEADS_ON_EN):
            return token.start > 0
        return token.kind == "digits" or not self.is_of_asking(token)

    def without_attribution(self, start: int) -> str:
        """The question from some place on, without who is asked."""
        return self._joined(start, [self.attribution] if self.attribution else [])

    def _joined(self, start: int, cut: Sequence[Span]) -> str:
        pieces = []
        for span in cut:
            if span.end > start:
                pieces.append(self.text[start : max(start, span.start)])
                start = span.end
        pieces.append(self.text[start:])
        return tidy(" ".join(pieces))

    def replaced(self, spans: Sequence[Span], by: str) -> str:
        """The question with the first of some spans replaced, and the others left out with their prepositions."""
        first, *others = sorted(spans)
        pieces, at = [self.text[: first.start], by], first.end
        for other in others:
            pieces.append(self.text[at : max(at, self.located(other).start)])
            at = max(at, other.end)
        return tidy("".join([*pieces, self.text[at:]]))


def is_event(token: Token) -> bool:
    """Whether a word names an event."""
    return token.plain in EVENTS or token.plain.lstrip("بلو") in EVENTS


def tidy(text: str) -> str:
    """A text without doubled blanks, and without marks that nothing follows or stands between any more."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,،])", r"\1", text)
    text = re.sub(r"([,،])(?:\s*[,،])+", r"\1", text)
    return text.strip(" ,،–-")


def leads_on(text: str) -> bool:
    """Whether words can stand right behind a question, for they begin with a preposition."""
    first = fold(text).split(" ", 1)[0]
    return first in _LEADS_ON_EN or first in _LEADS_ON_AR


def _outermost(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
