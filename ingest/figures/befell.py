"""What befell those that a figure counts: by the word after them, or by the one before them in the same clause."""

from collections.abc import Sequence

from ingest.figures.fates import fate_of
from ingest.figures.numerals import Numeral
from ingest.figures.tokens import NOTHING, Token
from ingest.figures.unit_words import unit_of
from ingest.figures.wordlists import words

_STATES = words("missing")
"""In -ing, and not what somebody does to others: "12 were missing", but "12 people came, killing the silence"."""
_AUXILIARIES = words("""
    were was are is been being be have has had reportedly also allegedly all confirmed believed feared left found
    already then later others more people dead either who that at least قد كانوا""")
_PREDICATES = words("""
    need needs needed require requires required live lived remain remained get receive received depend rely lack lacked
    want await awaited stay stayed returned return يحتاج تحتاج يحتاجون يعيش تعيش يعيشون يعاني تعاني يعانون يقيم تقيم
    يقيمون يسكن تسكن يسكنون يتلقى تتلقى يتلقون ينتظر تنتظر ينتظرون يعتمد تعتمد يعتمدون يواجه تواجه يواجهون يبقى تبقى""")
"""Verbs of a clause of its own that tells nothing that befell anybody: "and two million need aid"."""
_COPULAS = words("are were is was have has")
_SAID_OF = words("in on at from to under with without still now not shot sent found held become given smashed hit")
_JOINS = words("and while but whereas و بينما فيما")
_HEDGES = words(
    "at least about around some nearly almost another more than over up to only just نحو حوالي أكثر من قرابة"
)
_BEFORE_HEDGES = words("ما ب زهاء حوالى يزيد يقل ناهز يقارب يربو مجموع عدد عددهم أزيد")
"""What «و» may be written onto before a numeral that a list goes on with."""
_CLAUSE_ENDS = words("and but while when after in from including , ،")
_CONJUNCTIONS = words("بينما فيما وبينما وفيما أن إن بأن وأن وإن")
"""They begin a clause with a verb of its own."""
_TIES = words("و وقرابة وقرب وبينهم وبينها وبينهن ومنهم ومنها ومن")
_WITH_WAW = words("وزير وزارة وحدة وكالة والد والدة وفد وسط ولد وقت وقع وصول وجود وزن ولاية ولادة وثيقة وراء وفق وقود")
"""Words that begin with «و» themselves."""
_PAST_EN = words("left drove sent put made cut took drew brought led saw kept gave lost had was were struck swept hit")
_NO_VERBS_EN = words("including counting following according during being")
_BEFORE_OBJECT = _HEDGES | words("an a the another estimated further other")
_LEAVING = words("ترك تركوا تركن يتركون مغادرة غادروا هجر leave leaves left leaving abandon abandoned from")
_HOMES = words("منازلهم منازلهن منازلها بيوتهم بيوتهن ديارهم ديارها قراهم مساكنهم homes houses villages")
_WHOSE_EN = words("their his her its")
_STOPS = frozenset(".!?؟…;؛:")
_REACH_BEFORE = 9
_REACH_AFTER = 7
_CLOSE = 4
"""Tokens after the noun that may be anything before its verb."""


def what_befell(tokens: Sequence[Token], numeral: Numeral, before: int, after: int, last: int) -> str | None:
    """What befell those counted, where the noun itself does not say it.

    In Arabic the word before goes first: verb and verbal noun stand there («قُتل ٢٨», «مقتل ٢٨»).

    Args:
        tokens: of the whole text.
        numeral: the numeral.
        before: index of the last token of the numeral before it, -1 where there is none.
        after: index of the first token of the numeral after it, or of the text's end.
        last: index of the last token of the noun phrase, or of the numeral where there is none.
    """
    if tokens[numeral.first].arabic or (last > numeral.last and tokens[last].arabic):
        told = None if _has_own_clause(tokens, numeral, last) else _fate_before(tokens, numeral, before)
        return told or _fate_after(tokens, numeral, after, last)
    told = _fate_after(tokens, numeral, after, last)
    if told or _has_own_clause(tokens, numeral, last):
        return told
    return _fate_before(tokens, numeral, before)


def _has_own_clause(tokens: Sequence[Token], numeral: Numeral, last: int) -> bool:
    """Whether a numeral is the subject of another clause than what is before it: "killed 12 and 30 need care"."""
    nearest = tokens[numeral.first - 1].plain if numeral.first else ""
    if nearest.removeprefix("و") in _PREDICATES and tokens[numeral.first].arabic | tokens[numeral.first - 1].arabic:
        return True
    at = numeral.first - 1
    while at >= 0 and tokens[at].plain in _HEDGES:
        at -= 1
    joined = at >= 0 and tokens[at].plain in _JOINS
    if not (joined or (at == numeral.first - 1 and tokens[numeral.first].plain.startswith("و"))):
        return False
    following = tokens[numeral.last + 1 : last + 3]  # an adverb may stand before the verb
    if any(token.plain in _PREDICATES for token in following):
        return True
    if len(following) > last - numeral.last and _tells_of_those(following[last - numeral.last]):
        return True
    copula, what = (*following[last - numeral.last :], NOTHING, NOTHING)[:2]
    return copula.plain in _COPULAS and unit_of(what) is None and _is_said_of(what)


def _tells_of_those(token: Token) -> bool:
    """Whether an Arabic verb right after a noun tells of it: «و30 أصيبوا»."""
    return token.arabic and not token.plain.startswith("و") and fate_of(token) is not None and unit_of(token) is None


def _is_said_of(token: Token) -> bool:
    """Whether a word after "were" tells what became of them or where they were, and not who they were."""
    done = token.plain.endswith(("ed", "en", "ing")) and not token.plain.startswith("un")
    return token.kind == "word" and not token.capital and (done or token.plain in _SAID_OF)


def _fate_after(tokens: Sequence[Token], numeral: Numeral, after: int, last: int) -> str | None:
    first = max(numeral.last, last) + 1
    for at in range(first, min(after, first + _REACH_AFTER)):
        token = tokens[at]
        if _leaves_home(tokens, at, after):
            return "displaced"
        if token.text in _STOPS or token.plain in _CLAUSE_ENDS:
            return None
        if fate := fate_of(token):
            return None if token.plain.endswith("ing") and token.plain not in _STATES and not token.arabic else fate
        if token.plain.startswith("و") if token.arabic else at > last + _CLOSE and _is_other_word(token):
            return None
    return None


def _is_other_word(token: Token) -> bool:
    return token.kind == "word" and not token.capital and token.plain not in _AUXILIARIES


def _fate_before(tokens: Sequence[Token], numeral: Numeral, before: int) -> str | None:
    for at in range(numeral.first - 1, max(-1, numeral.first - 1 - _REACH_BEFORE), -1):
        token = tokens[at]
        if token.text in _STOPS or (at <= before and token.plain in {"were", "was"}):
            return None
        if fate := fate_of(token):
            return fate
        if at > before >= 0 and _begins_clause(tokens, at, numeral):
            return None
    return None


def _leaves_home(tokens: Sequence[Token], at: int, end: int) -> bool:
    """«على ترك منازلهم», "from their homes": they are displaced, whatever verb says it."""
    if tokens[at].plain not in _LEAVING:
        return False
    owned = at + 1 < end and tokens[at + 1].plain in _WHOSE_EN
    if not (tokens[at].arabic or owned):
        return False
    home = at + 1 + owned
    return home < end and tokens[home].plain in _HOMES


def _begins_clause(tokens: Sequence[Token], at: int, numeral: Numeral) -> bool:
    """Whether a verb of its own stands between a numeral and what is before: "killed 41 and drove 12,000 out".

    In Arabic any word that «و» is written onto may be one, but for hedges; where «و» stands at the numeral or at its
    hedge itself, the list goes on.
    """
    token, after = tokens[at], tokens[at + 1]
    if token.kind != "word" or at + 1 > numeral.first:
        return False
    if token.arabic:
        if token.plain in _CONJUNCTIONS:
            return True
        bare = token.plain.removeprefix("و")
        joins = token.plain.startswith("و") and token.plain not in _WITH_WAW | _TIES
        listed = bare in _HEDGES or bare in _BEFORE_HEDGES or unit_of(token._replace(plain=bare)) is not None
        return joins and not listed and not numeral.definite
    if token.plain in {"and", "but"}:
        past = after.plain.endswith("ed") or after.plain in _PAST_EN
        shared = fate_of(tokens[at - 1]) is not None  # "killed and crucified five"
        object_ = tokens[at + 2 : numeral.first]
        return past and not shared and at + 1 < numeral.first and all(one.plain in _BEFORE_OBJECT for one in object_)
    going = token.plain.endswith("ing") and token.plain not in _NO_VERBS_EN
    return going and at > 0 and tokens[at - 1].plain in {",", "and"}
