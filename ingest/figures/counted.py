"""What a figure counts: the noun phrase beside it, one canonical name in English, and what befell those counted.

After the numeral in both languages ("28 civilians", «٢٨ مدنياً», "twelve of its soldiers"); where nothing is counted there,
before it ("the death toll rose to 42", «بلغ عدد القتلى 28»). A fate comes from the noun itself ("12 dead"), from the verb
after it ("28 people were killed") or from the one before it ("killed 28 people", «مقتل ٢٨ مدنياً»).
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.figures.numerals import Numeral
from ingest.figures.tokens import Token
from ingest.figures.unit_words import Unit, unit_words
from ingest.lexis import fold

_LONGEST = 6
"""Words of a noun phrase."""


def _words(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "yen", "₪": "shekels", "usd": "USD", "eur": "EUR", "gbp": "GBP"}
_PASSED = _words("of the its their his her these those our other more further additional new another من هؤلاء")
_ENDS = _words("""
    were was are is have has had been be being will would could may might can did do does said says told that which who
    whom whose when where while as and or but in on at to from by with for into after before during near since until
    against over under including among between about around because if than then so not also he she it they we you i
    most mostly all some many none each within beyond behind across inside outside near around every per a an the
    this there here according left leaving took taking including reportedly allegedly died dies fled flee
    في على إلى عن مع بعد قبل منذ خلال عند لدى و أو ثم بين بينهم منهم بينها منها أن إن إلا حتى الذين التي الذي كانوا كان كانت
    بحسب وفق وفقا بحسب حسب لقوا قتلوا أصيبوا قضوا جراء إثر نتيجة آخرون آخرين أخرى آخر على بما فيهم قال قالت بسبب
    مقابل لمصلحة لكل حول ضد إذ حيث فيما بينما لكن غير ضمن تحت فوق بعضهم معظمهم غالبيتهم جميعهم كلهم أحياء
    تقريبا يوميا سنويا شهريا أمس اليوم الخميس الجمعة السبت الأحد الاثنين الثلاثاء الأربعاء داخل قرب شرق غرب شمال جنوب""")
_OTHERS = _words("others other آخرون آخرين أخرى آخر غيرهم more")
_THEM = _words("them whom these منهم منها منهن بينهم بينها منهما")
_TOLLS = {
    "toll": Unit("killed", human=True, fate="killed"),
    fold("حصيلة"): Unit("killed", human=True, fate="killed"),
    fold("الحصيلة"): Unit("killed", human=True, fate="killed"),
    fold("حصيلتها"): Unit("killed", human=True, fate="killed"),
}
_NUMBER_OF = _words("number numbers total عدد وعدد بعدد وعدد أعداد إجمالي مجموع عددهم وحصيلة حصيلة")
_FATES: dict[str, str] = {
    "killed": """killed kill kills killing slain slaying died dying dies die dead perished executed execute executing
        executes beheaded massacred murdered assassinated claimed claiming claims lives deaths death martyred martyring
        slaughtered starved drowned lynched
        قتل قتلت قتلوا مقتل بمقتل قتيلا قتلى قضى قضت قضوا لقي لقيت لقوا حتفهم حتفه مصرعهم مصرعه مصرع استشهد استشهدت استشهاد
        أودى أودت وفاة بوفاة توفي توفيت توفوا إعدام أعدم أعدمت أعدموا اغتيال ذبح قتلهم بحياة حصد حصدت مصرعها مقتلهم غرق""",
    "wounded": """wounded wounding wounds wound injured injuring injures injure injury injuries hurt hospitalised
        hospitalized أصيب أصيبت أصيبوا إصابة جرح جرحت جرحوا بجروح بإصابات""",
    "missing": "missing vanished disappeared unaccounted فقد فقدت فقدان مفقودين المفقودين عداد",
    "displaced": """displaced displacing fled flee fleeing evacuated evacuating uprooted homeless forced نزح نزحت نزوح أجلي
        إجلاء فروا فرار تشريد بتشريد هجر تهجير شردوا شرد هربوا غادروا أجلت""",
    "detained": """arrested arresting detained detaining jailed captured seized imprisoned اعتقل اعتقلت اعتقال أوقف أوقفت
        توقيف احتجاز أسر القبض سجن""",
    "held": "kidnapped abducted abducting kidnapping hostage خطف اختطاف خطفوا اختطف محتجزين",
    "rescued": "rescued saved pulled survived إنقاذ أنقذ أنقذت انتشال انتشلت نجا نجوا",
    "trapped": "trapped besieged stranded محاصرون محاصرين عالقين عالقون عالقا",
    "destroyed": "destroyed destroying burned burnt gutted دمر دمرت تدمير أحرق احترق احترقت",
    "damaged": "damaged damaging تضرر تضررت أضرار",
}
_FATE_OF = {fold(word): fate for fate, words in _FATES.items() for word in words.split()}
_AMBIGUOUS = {"claimed", "claiming", "claims", "lives", "wound", "forced", "seized", "captured", fold("عداد")}
_HUMAN_FATES = frozenset({"killed", "wounded", "missing", "displaced", "detained", "held", "rescued", "trapped"})
_AUXILIARIES = _words("""
    were was are is been being be have has had reportedly also allegedly all confirmed believed feared left found
    already then later others more people dead either who that at least قد كانوا""")
_ILLNESS = _words("""
    cholera covid virus disease epidemic outbreak measles influenza flu ebola malaria infection infections infected بالكوليرا
    كوليرا الكوليرا بكورونا كورونا كوفيد بكوفيد الفيروس بالفيروس فيروس بفيروس المرض بالمرض الوباء وباء تفشي التفشي الحصبة بالحصبة
    مشتبه مشتبها مؤكدة العدوى عدوى الإنفلونزا الملاريا الحمى""")
_INFECTIONS = _words("إصابة إصابات الإصابات مصاب مصابا مصابين المصابين مصابون")
_CASES = Unit("cases", human=False, fate=None)
_COMPOUND = {
    "cubic": "cubic",
    "square": "square",
    fold("مكعب"): "cubic",
    fold("مكعبا"): "cubic",
    fold("مربع"): "square",
    fold("مربعا"): "square",
}
_AFTER_NOUN = _words("واحد واحدا واحدة اثنان اثنين اثنتان اثنتين")
_NEAR = 25
_REACH_BEFORE = 9
_REACH_AFTER = 7
_STOPS = frozenset(".!?؟…;؛:")
_ONTO = ("", "و", "ف", "ب", "ل")


class Counted(NamedTuple):
    """What is counted."""

    phrase: str | None
    """As the text writes it."""
    unit: Unit | None
    """What it is, where it is known."""
    fate: str | None
    of_them: bool = False
    """Whether it counts some of what was counted before: "three of them"."""


def counted(text: str, tokens: Sequence[Token], numeral: Numeral, before: int, after: int) -> Counted:
    """What a numeral counts.

    Args:
        text: the whole text.
        tokens: its tokens.
        numeral: the numeral.
        before: index of the last token of the numeral before it, -1 where there is none: no look goes past it.
        after: index of the first token of the numeral after it, or of the text's end.
    """
    if numeral.percent:
        phrase, _, _ = _noun_phrase(text, tokens, numeral.last + 1, after)
        return Counted(phrase, Unit("percent", human=False, fate=None), None)
    if currency := _currency(tokens, numeral):
        return Counted(currency, Unit(_CURRENCIES[currency.casefold()], human=False, fate=None), None)
    dual = dual_at(tokens[numeral.first]) if numeral.first == numeral.last else None
    phrase, unit, last = (
        (tokens[numeral.first].text, dual, numeral.last)
        if dual
        else _noun_phrase(text, tokens, numeral.last + 1, after)
    )
    if tokens[numeral.first].plain in _AFTER_NOUN and numeral.first == numeral.last or numeral.definite:
        phrase, unit = _noun_before(tokens, numeral) or (phrase, unit)
    if phrase and fold(phrase.split()[0]) in _INFECTIONS and _of_illness(tokens, numeral):
        unit = _CASES
    if unit and (kind := _compound(tokens, numeral, last)):
        unit = unit._replace(canonical=f"{kind} {unit.canonical}")
    of_them = phrase is None and any(token.plain in _THEM for token in tokens[numeral.last + 1 : numeral.last + 3])
    if unit is None and not of_them:
        told = _counted_before(text, tokens, numeral, before)
        if phrase is None or told[1]:
            phrase, unit = told
    fate = (unit.fate if unit else None) or _fate(tokens, numeral, before, after, last)
    if fate in _HUMAN_FATES and (unit is None) and (phrase is None or fold(phrase) in _OTHERS):
        unit = Unit("people", human=True, fate=None) if of_them or phrase else Unit(fate, human=True, fate=fate)
    if unit is not None and not unit.human and fate in _HUMAN_FATES:
        fate = None
    return Counted(phrase, unit, fate, of_them)


def dual_at(token: Token) -> Unit | None:
    """What an Arabic dual noun counts two of; `None` where the word is none."""
    return _dual(token)[0] if token.arabic else None


def dual_offset(token: Token) -> int:
    """Where a dual noun begins, past what is written onto it."""
    return token.offset(_dual(token)[1])


def _dual(token: Token) -> tuple[Unit | None, int]:
    """What a dual counts, and how many letters are written onto it."""
    words = unit_words()
    for onto in ("", "و", "ف", "ب", "ل", "ك"):
        bare = token.plain.removeprefix(onto)
        if bare == token.plain and onto:
            continue
        if unit := words.duals.get(bare):
            return unit, len(onto)
        if "َي" in token.text and (unit := words.marked.get(bare)):
            return unit, len(onto)
    return None, 0


def _currency(tokens: Sequence[Token], numeral: Numeral) -> str | None:
    before = tokens[numeral.first - 1] if numeral.first else None
    if before and before.plain in _CURRENCIES:
        return before.text
    last = tokens[numeral.last + 1] if numeral.last + 1 < len(tokens) else None
    return last.text if last and last.plain in _CURRENCIES else None


def _noun_phrase(text: str, tokens: Sequence[Token], first: int, end: int) -> tuple[str | None, Unit | None, int]:
    """The noun phrase from a token on, the unit of its head where that is known, and its last token."""
    at = first
    while at < end and tokens[at].plain in _PASSED and tokens[at].kind == "word":
        at += 1
    if at < end and tokens[at].text in "-‐" and tokens[at].glued:
        at += 1
    begin, unit, last = at, None, at - 1
    while at < end and at - begin < _LONGEST:
        token = tokens[at]
        if token.kind == "mark":
            if token.text in "-'’" and token.glued and unit is None:
                at += 1
                continue
            break
        if token.kind != "word" or token.plain in _ENDS:
            break
        known = _unit(token)
        if unit is not None and known is None:
            break
        if known is not None:
            if unit is not None and (token.arabic or unit.fate or known.fate == "killed"):
                unit = unit if unit.human or not known.fate else known
                break
            unit, last = known, at
        elif token.plain in _FATE_OF and unit is None:
            if at == begin:
                return None, None, first - 1
            break
        at += 1
        if token.arabic and unit is None:  # what follows an unknown noun may be a verb as well
            break
    if unit is None:
        last = min(at - 1, begin + 1)
        if last >= begin and tokens[begin].plain in _OTHERS:
            last = begin
    if last < begin or tokens[begin].plain in _THEM:
        return None, None, first - 1
    return text[tokens[begin].start : tokens[last].end], unit, last


def _noun_before(tokens: Sequence[Token], numeral: Numeral) -> tuple[str, Unit | None] | None:
    """«امرأة واحدة», «الساعات الأربع والعشرين»: the noun stands before its number."""
    before = tokens[numeral.first - 1] if numeral.first else None
    if before is None or before.kind != "word" or before.plain in _ENDS:
        return None
    return before.text, _unit(before)


def _of_illness(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether إصابة is a case of an illness here, not a wound."""
    return any(token.plain in _ILLNESS for token in tokens[max(0, numeral.first - _NEAR) : numeral.last + _NEAR])


def _compound(tokens: Sequence[Token], numeral: Numeral, last: int) -> str | None:
    """Whether a length is squared or cubed."""
    return next(
        (_COMPOUND[token.plain] for token in tokens[numeral.last + 1 : last + 2] if token.plain in _COMPOUND), None
    )


def _unit(token: Token) -> Unit | None:
    units = unit_words().units
    word = token.plain
    if not token.arabic:
        return units.get(word)
    for article in ("", "ال", "لل"):
        if word.startswith(article) and (unit := units.get(word[len(article) :])):
            return unit
    return None


def _counted_before(
    text: str, tokens: Sequence[Token], numeral: Numeral, before: int
) -> tuple[str | None, Unit | None]:
    """ "the number of dead rose to 42", «بلغ عدد القتلى 28», "a death toll of 54"."""
    first = max(before + 1, numeral.first - _REACH_BEFORE - 3)
    for at in range(numeral.first - 1, first - 1, -1):
        token = tokens[at]
        if token.text in _STOPS:
            return None, None
        bare = token.plain.removeprefix("و").removeprefix("ب") if token.arabic else token.plain
        if at == numeral.first - 1 and token.arabic and token.plain.startswith("ال") and (unit := _unit(token)):
            return token.text, unit  # «القتلى أربعة»
        if bare in _TOLLS:
            start = at - 1 if at and tokens[at - 1].plain == "death" else at
            return text[tokens[start].start : token.end], _TOLLS[bare]
        if token.plain in _NUMBER_OF:
            noun = at + 1
            while noun < numeral.first and tokens[noun].plain in _PASSED:
                noun += 1
            unit = next((_unit(one) for one in tokens[noun : min(noun + 3, numeral.first)] if _unit(one)), None)
            if noun < numeral.first and tokens[noun].kind == "word" and tokens[noun].plain not in _ENDS:
                return tokens[noun].text, unit
            return None, None
    return None, None


def _fate(tokens: Sequence[Token], numeral: Numeral, before: int, after: int, last: int) -> str | None:
    """What befell those counted: by the word after them, else by the one before them in the same clause.

    In Arabic the one before goes first: verb and verbal noun stand there («قُتل ٢٨», «مقتل ٢٨»).
    """
    if tokens[numeral.first].arabic or (last > numeral.last and tokens[last].arabic):
        return _fate_before(tokens, numeral, before) or _fate_after(tokens, numeral, after, last)
    return _fate_after(tokens, numeral, after, last) or _fate_before(tokens, numeral, before)


def _fate_after(tokens: Sequence[Token], numeral: Numeral, after: int, last: int) -> str | None:
    for at in range(max(numeral.last, last) + 1, min(after, max(numeral.last, last) + 1 + _REACH_AFTER)):
        token = tokens[at]
        if (
            token.text in _STOPS
            or token.plain in {"and", "but", "while", "when", "after", "in", "from", "including"}
            or token.text in ",،"
        ):
            break
        if (fate := _FATE_OF.get(_stem(token))) and token.plain not in _AMBIGUOUS:
            return None if token.plain.endswith("ing") and not token.arabic else fate
        if token.arabic and token.plain.startswith("و") and token.plain not in _FATE_OF:
            break
        if (
            not token.arabic
            and token.plain not in _AUXILIARIES
            and token.kind == "word"
            and not token.capital
            and at > last + 4
        ):
            break
    return None


def _fate_before(tokens: Sequence[Token], numeral: Numeral, before: int) -> str | None:
    for at in range(numeral.first - 1, max(-1, numeral.first - 1 - _REACH_BEFORE), -1):
        token = tokens[at]
        if token.text in _STOPS:
            return None
        if fate := _FATE_OF.get(_stem(token)):
            return fate
        if at <= before and tokens[at].plain in {"were", "was"}:
            return None
    return None


def _stem(token: Token) -> str:
    if not token.arabic:
        return token.plain
    for onto in _ONTO:
        if token.plain.startswith(onto) and token.plain[len(onto) :] in _FATE_OF:
            return token.plain[len(onto) :]
    return token.plain
