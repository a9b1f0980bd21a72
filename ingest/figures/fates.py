"""What befell those counted, by the words that say it in both languages: killed, wounded, displaced and so on."""

from functools import lru_cache

from ingest.figures.tokens import Token
from ingest.figures.wordlists import words
from ingest.lexis import fold


def _agreeing(verb: str) -> tuple[str, ...]:
    """A verb's forms for one woman, for two of each gender and for women."""
    if verb.endswith("ى"):
        return f"{verb[:-1]}ت", f"{verb[:-1]}يا", f"{verb[:-1]}تا", f"{verb[:-1]}ين"
    return f"{verb}ت", f"{verb}ا", f"{verb}تا", f"{verb}ن"


_FATES: dict[str, str] = {
    "killed": """
        killed kill kills killing slain slaying died dying dies die dead perished executed execute executing
        executes beheaded massacred murdered assassinated lives life deaths death martyred martyring slaughtered
        starved drowned lynched قتل قتلت قتلوا مقتل بمقتل قتيلا قتلى قضى قضت قضوا لقي لقيت لقوا حتفهم حتفه مصرعهم
        مصرعه مصرع استشهد استشهدت استشهاد أودى أودت وفاة بوفاة توفي توفيت توفوا ماتوا إعدام أعدم أعدمت أعدموا
        اغتيال ذبح قتلهم بحياة حصد حصدت مصرعها مقتلهم غرق""",
    "wounded": """
        wounded wounding wounds wound injured injuring injures injure injury injuries hurt hospitalised
        hospitalized أصيب أصيبت أصيبوا إصابة جرح جرحت جرحوا بجروح بإصابات""",
    "missing": "missing vanished disappeared unaccounted فقد فقدت فقدوا فقدان مفقودين المفقودين مفقودون",
    "displaced": """
        displaced displacing fled flee fleeing evacuated evacuating uprooted homeless forced نزح نزحت نزحوا نزحن
        نزوح أجلي إجلاء فروا فرار تشريد بتشريد هجر هجروا تهجير شردوا شرد هربوا غادروا مغادرة أجلت""",
    "detained": """
        arrested arresting detained detaining jailed captured seized imprisoned اعتقل اعتقلت اعتقلوا اعتقال أوقف
        أوقفت أوقفوا توقيف احتجاز احتجزوا أسر أسروا القبض سجن سجنوا""",
    "held": "kidnapped abducted abducting kidnapping hostage خطف اختطاف خطفوا اختطف اختطفوا محتجزين",
    "rescued": "rescued saved pulled survived إنقاذ أنقذ أنقذت أنقذوا انتشال انتشلت نجا نجوا",
    "trapped": "trapped besieged stranded محاصرون محاصرين عالقين عالقون عالقا",
    "destroyed": "destroyed destroying burned burnt gutted دمر دمرت تدمير أحرق احترق احترقت",
    "damaged": "damaged damaging تضرر تضررت أضرار",
}
_AGREEING: dict[str, str] = {
    "killed": "قتل استشهد أعدم قضى لقي توفي",
    "wounded": "أصيب جرح",
    "missing": "فقد",
    "displaced": "نزح هجر شرد هرب غادر أجلي",
    "detained": "اعتقل أوقف احتجز سجن",
    "held": "خطف اختطف",
    "rescued": "أنقذ",
    "destroyed": "دمر أحرق احترق",
    "damaged": "تضرر",
}
"""Arabic verbs in the past, whose forms for two and for women are derived: قتلا، قتلتا، قتلن، قتلت."""
_IRREGULAR: dict[str, str] = {
    "killed": "مات ماتت ماتا ماتتا غرقت غرقوا غرقتا غرقن مصرعهما مصرعهن حتفهما حتفهن حتفها مقتلهما مقتلهن",
    "wounded": "أصبن",
    "displaced": "فرا فرتا فررن فرت",
    "rescued": "نجت نجيا نجتا نجون",
}
_FATE_OF = {word: fate for fate, spelled in _FATES.items() for word in words(spelled)}
_FATE_OF |= {
    fold(form): fate for fate, spelled in _AGREEING.items() for verb in spelled.split() for form in _agreeing(verb)
}
_FATE_OF |= {word: fate for fate, spelled in _IRREGULAR.items() for word in words(spelled)}
_ONTO = ("", "و", "ف", "ب", "ل")


def fate_of(token: Token) -> str | None:
    """What a word says befell somebody, with what Arabic writes onto it; `None` for most words."""
    if token.kind != "word":
        return None
    return _fate_of_arabic(token.plain) if token.arabic else _FATE_OF.get(token.plain)


@lru_cache(maxsize=20_000)
def _fate_of_arabic(word: str) -> str | None:
    fates = (_FATE_OF.get(word[len(onto) :]) for onto in _ONTO if word.startswith(onto))
    return next(filter(None, fates), None)
