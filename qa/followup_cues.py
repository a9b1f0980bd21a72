"""The words by which a follow-up is one, and what they stand for, in English and Arabic.

Patterns named for what they find. Those of whole questions are matched against folded text (`ingest.lexis.fold`), those
that are cut off or replaced against the text as it is written.
"""

import re

from qa import saying

LEAD_EN = re.compile(r"^(?:(?:ok(?:ay)?|right|thanks|now)[,.]? )?(?:(?:and|but|so|then|also)\b,?\s+)+", re.IGNORECASE)
WHAT_OF_EN = re.compile(r"^(?:what|how) (?:about|of)\s+", re.IGNORECASE)
LEAD_AR = re.compile(
    r"^(?:(?:طيب|حسنا|حسناً|ثم|لكن|ولكن)[،,]?\s+)*[وف](?=(?:كم|بكم|من|ما|ماذا|متى|أين|اين|كيف|لماذا|هل|أي|أية|بماذا|لم|في|ب?حسب|وفق\w*"
    r"|عن|على|إلى|منذ|خلال|أثناء|اثناء|إثر|جراء|عند|قرب|داخل|قبل|بعد|عام|عدد|مع)(?!\w)|كم\s)"
)
WHAT_OF_AR = re.compile(r"^(?:ماذا|ما)\s+(?:عن|بشأن|بخصوص)\s+")
ASKS_EN = re.compile(
    r"^(?:(?:at|by|in|on|for|from|to|of|with|since|until) )?(?:how|who|whom|whose|what|which|when|where|why|did|does|do"
    r"|is|are|was|were|has|have|had|can|could|will|would)\b"
)
ASKS_AR = re.compile(
    r"^(?:كم|بكم|من|ما|ماذا|متي|اين|كيف|لماذا|هل|اي|ايه|باي|بماذا|لم|مم|منذ متي|الي متي|الي اين|من اين)(?!\w)"
)
WHO_SAID = re.compile(
    r"^(?:who|which (?:source|outlet|agency|body)) (?:has |have |else )?"
    r"(?:said|says|reported|announced|claimed|told|gave|confirmed|stated)"
    r"(?: (?:that|this|so|it|those|these|the)(?: (?:figures?|numbers?|tolls?|claims?|one))?)?$"
    r"|^(?:says who|according to whom?|by whom)$"
    r"|^(?:what|who) (?:is|was) the source(?: (?:of|for) (?:that|this|it)(?: \w+)?)?$"
    r"|^(?:من|مين|اي مصدر|اي جهه) (?:الذي )?(?:قال|ذكر|اعلن|صرح|افاد|اورد|قالها|قاله|ذكره|اعلنه|اكد)"
    r"(?: (?:ذلك|هذا|بذلك|بهذا|به|هذه|تلك)(?: \w+)?)?$"
    r"|^(?:بحسب|حسب|وفق) (?:من|اي مصدر|اي جهه)$|^(?:ما|من) (?:هو )?(?:المصدر|مصدر (?:ذلك|هذا|هذه)(?: \w+)?)$"
)
BARE = re.compile(
    r"^(?:when|where|why|how|متي|اين|لماذا|كيف)(?: (?:did|was|is|were|has|have))?"
    r"(?: (?:that|it|this|they|he|she|حدث|حصل|وقع|جري|كان|تم))?"
    r"(?: (?:happen|happened|occur|occurred|so|take place|ذلك|هذا))?$"
)
PRONOUNS = saying.words("""
    it its they them their he she his her him this that these those there
    منهم منها منه منهن عنهم عنها عنه فيها فيه فيهم بها به لهم لها له بينهم بينها إليها إليه عليها عليه عددهم عددها
    هم هي هو هناك هذا هذه ذلك تلك سببها سببه بعضهم معهم معها نفسه نفسها جميعهم""")
POINTS = re.compile(
    r"\b(?:in|on|at|by|of|from|during|after|before|about|since|for|over|to) (?:that|this|those|these|the same) \w+"
    r"|\b(?:that|the same|this) "
    r"(?:day|night|week|month|year|time|attack|strike|incident|figure|number|place|town|city)\b"
    r"|\b(?:by|since|until|before|after) (?:then|that)\b|\bthere$"
    r"|(?:^|\s)(?:في|من|عن|خلال|بعد|قبل|عند|علي|منذ) (?:ذلك|تلك|هذا|هذه|هولاء|اولئك)\b"
    r"|(?:^|\s)(?:ذلك|تلك) (?:اليوم|الليله|العام|السنه|الشهر|الوقت|الحين|الغاره|الهجوم)\b"
    r"|(?:^|\s)(?:حينها|انذاك|حينذاك|يومها|وقتها|هناك)(?:\s|$)"
)
ACCORDING = re.compile(
    r"^(?:according to|as per|per|by|for|in the view of"
    r"|بحسب|حسب|وفقا ل|وفقاً ل|وفق|طبقا ل|في رأي|عن|لدى)\s*",
    re.IGNORECASE,
)
PREPOSITION = re.compile(
    r"^(?:in|at|near|around|on|of|for|from|with|among|the case of"
    r"|في|قرب|من|عن|على|إلى|بين|حول|ب(?=ال))\s*",
    re.IGNORECASE,
)
SETTING = re.compile(
    r"^(?:in|at|near|around|outside|inside|on|during|after|before|following|since"
    r"|في|قرب|داخل|خارج|خلال|أثناء|اثناء|بعد|قبل|إثر|جراء|عند|على)\s+",
    re.IGNORECASE,
)
"""What leads to the event or place that a follow-up asks of instead."""

TIMED = re.compile(r"^(?:during|after|before|following|since|خلال|أثناء|اثناء|بعد|قبل|إثر|منذ)\s", re.IGNORECASE)
"""Those of them that lead to a time."""

WHICH_ONE = saying.words("""
    the a an first second third last latest next other another same new later earlier previous following whole
    الأول الأولى الثاني الثانية الثالث الثالثة الأخير الأخيرة الآخر الأخرى آخر نفس نفسه نفسها التالي التالية""")
"""Words that name no event of its own: "the second strike" is one of those spoken of."""

OUR_NUMBERS = re.compile(r"\s*\[\d+\](?:\s*\([^()\n]{0,120}\))?")
OF_WHAT = re.compile(r"\b(?:about|on|over) (?:it|that|this|them)$|(?<!\w)عن (?:ذلك|هذا|هذه)$", re.IGNORECASE)
ABOUT = re.compile(r"^(?:about|عن) ", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
TAMYIZ = ("ً", "ا", "ة")
"""How an Arabic noun ends that stands right behind «كم»."""
