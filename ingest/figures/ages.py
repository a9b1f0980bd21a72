"""Numbers that are somebody's age."""

from ingest.figures.calendar import is_month
from ingest.figures.context import Around
from ingest.figures.number_words import read_word
from ingest.figures.wordlists import phrases, words

_BEFORE = words("""aged age ages البالغ البالغة والبالغ والبالغة عمره عمرها أعمارهم وعمره وعمرها بعمر سن السن بسن عمر
    العمر""")
_OF_AGE = words("العمر عمر عمره عمرها")
_BEFORE_YEARS = words("يبلغ تبلغ بلغ بلغت ابن ابنة")
"""What makes an age of a number of years after it, and of nothing else."""
_BETWEEN = words("between of نحو يناهز ناهز حوالي من")
_JOINED = words("and to و -")
_OLD_AFTER = phrases("""- year - old, - year - olds, - years - old, - years - olds, - years old, - year old,
    - year olds, year old, year olds, years old, years of age, yearold, من عمره, من عمرها, من العمر""")
_AGED = words("children aged those kids boys girls pupils infants anyone players الأطفال")
_LIMITS = words("under over دون فوق تحت")
_YEARS_AR = words("عاما عام سنة سنوات أعوام ربيعا")
_SAID = words("said says told who recalled added")
_AGES = range(1, 111)
_YOUNGEST_QUOTED = 15
"""Who is quoted by name and age is no child."""
_NOTES = 5
"""(2) and (3) after a name are notes."""
_LONGEST = 4


def is_age(around: Around) -> bool:
    """Whether a numeral is an age: "aged 12", "a 12-year-old", "Ali (35)", «البالغ من العمر 35 عاماً»."""
    if _is_called_old(around):
        return True
    return around.numeral.value in _AGES and (
        _is_called_age(around) or _is_in_brackets(around) or _is_beside_name(around)
    )


def _is_called_old(around: Around) -> bool:
    following = around.words_after(_LONGEST)
    if following[0] in _JOINED and (around.after(2).kind == "digits" or read_word(around.after(2).plain, arabic=False)):
        following = [around.after(distance).plain for distance in range(3, 3 + _LONGEST)]
    return any(following[: len(phrase)] == list(phrase) for phrase in _OLD_AFTER) or (
        following[0] in _YEARS_AR and following[1:3] in (["من", "عمره"], ["من", "عمرها"])
    )


def _is_called_age(around: Around) -> bool:
    before = around.words_before(_LONGEST)
    onto = around.first.arabic and around.first.plain.startswith("و") and not around.numeral.digits
    if before[0] in _BEFORE and not onto:
        return True
    if before[0] in _BEFORE_YEARS and around.after().plain in _YEARS_AR:
        return True
    if before[0] in _BETWEEN and before[1] in _BEFORE:
        return True
    if before[0] in _JOINED and (before[2] in _BEFORE or before[3] in _BEFORE):
        return True
    if before[0] in _LIMITS and before[1] in _AGED and around.counts is None:
        return True
    return bool(_OF_AGE.intersection(before[:3])) and around.after().plain in _YEARS_AR


def _is_in_brackets(around: Around) -> bool:
    """“Ali Hasan (35)”, «علي حسن (35 عاماً)»."""
    name, after = around.before(2), around.after()
    if around.before().text != "(" or around.numeral.value <= _NOTES:
        return False
    in_years = after.plain in _YEARS_AR and around.after(2).text == ")"
    return (name.capital and (after.text == ")" or in_years)) or (name.arabic and in_years)


def _is_beside_name(around: Around) -> bool:
    """“Ali Hasan, 35, said”, “Ali Hasan 35 said”."""
    before, name, after = around.before(), around.before(2), around.after()
    if not around.numeral.digits:
        return False
    if before.text == ",":
        return name.capital and name.kind == "word" and after.text == "," and around.counts is None
    named = before.capital and before.kind == "word" and not is_month(before)
    return named and around.numeral.value >= _YOUNGEST_QUOTED and after.plain in _SAID
