"""Words that questions name speakers with: verbs and nouns of saying, documents, offices, and what ends a name.

Beside those of articles (`ingest.speakers`), for questions ask: "did the ministry report", not "the ministry reported".
"""

from ingest.figures.tokens import Token
from ingest.lexis import fold
from ingest.speakers import lexicon_ar, lexicon_en


def words(*lists: str) -> frozenset[str]:
    """The folded words of some lists."""
    return frozenset(fold(word) for each in lists for word in each.split())


def forms(verbs: str) -> frozenset[str]:
    """The past of Arabic verbs given as "he" forms: he, she and they said."""
    return frozenset(
        fold(form) for verb in verbs.split() for form in (verb, f"{verb.removesuffix('ى')}ت", f"{verb.rstrip('ى')}وا")
    )


SAY = words("""
    say tell report describe count estimate put warn announce claim document record blame accuse deny demand explain
    account cite admit promise declare confirm state argue mention reply insist acknowledge expect project attribute
    forecast predict vow pledge urge suggest propose believe condemn respond think ask disclose reveal maintain allege
    answer characterise characterize reckon note add show indicate assert stress denounce criticise criticize threaten
    concede tally log register assess advise recommend justify interpret comment dismiss react appeal""")
"""After "did" and "does"."""

SAY_OF_WORDS = words("give issue publish release offer provide collect find list call identify name")
"""The same, where a word of what is said stands in the question ("What reason did it give?") or a clause follows."""

SAID = words("""
    said told reported described counted estimated put warned announced claimed documented recorded blamed
    accused denied demanded explained cited admitted promised declared confirmed stated argued mentioned
    replied insisted acknowledged
    expected projected attributed forecast predicted vowed pledged urged suggested proposed condemned disclosed revealed
    maintained alleged reckoned noted added showed shown indicated asserted tallied logged registered""")
"""After "has", after "that the ministry", before "by"."""

SAID_OF_WORDS = words("gave given issued published released offered provided collected found listed named identified")
"""The same, where a word of what is said stands in the question."""

SAYS = words("""
    says said tells told reports reported claims claimed puts describes described estimates estimated warns warned
    announced announces counted counts confirms confirmed states stated""")
"""After a subject that a clause begins with: "As the ministry puts it"."""

SAID_BY = SAID | words("quoted named published issued acknowledged supplied")
"""Before "by": "the toll announced by the ministry"."""

TELLING = words("""
    toll tolls figure figures number numbers estimate estimates reason reasons explanation account warning
    count tally total statement response forecast percentage names description assessment answer version
    breakdown grounds rate share
    projection verdict justification magnitude strength price cost level size date""")
"""What is said, as a noun."""

REPLIES = words("""
    reply response answer explanation reason estimate count view reaction message advice warning
    verdict assessment description opinion figure tally forecast version comment comments justification argument
    toll projection words eyes account reckoning judgment judgement""")
"""What is somebody's: "the ministry's estimate". Not a stance: an article may tell that without quoting anybody."""

DOCUMENTS = words("""
    results result figures figure data tally statistics records record forecast estimates estimate count counts numbers
    report reports statement statements communique study survey poll census findings documents document law contract
    plan budget constitution schedule charter agreement article articles archive archives toll projection projections
    release bulletin bulletins letter testimony alert log logs update updates filing filings""")
"""They say something, and are no speakers."""

ABOUT_DOCUMENTS = words("""
    the a an its his her their official final preliminary latest first last second early initial published available
    annual monthly weekly daily recent new newest own same earlier previous provisional most updated interim january
    february march april may june july august september october november december s full detailed this that written""")
"""What describes a document, and names nobody."""

NOBODY = words("""
    it they he she we you there i people anyone anybody someone everybody archive been be not the a an its his her
    their them him any one that this these those to and or your our my""")
"""No slot begins or ends with these alone."""

ROLES = lexicon_en.OFFICES | words("spokespeople premier lawyer physician chairperson chef deputy")
"""Offices and trades of persons."""

ADVERBS = words("""
    also later first finally publicly since initially then officially originally eventually reportedly recently last
    still already just now actually really themselves himself herself itself subsequently again explicitly ever""")

ENDS_NAME = words("""
    on in at from about during as after before when since following while that which who whom did do does was were
    is are has have had how what where why whose will would should could can may might if because to into with over
    against until till between under near say says said there cited published issued released quoted show shows""")
"""English words that a speaker's name does not go on with."""

SAY_AR = (
    forms("""
    قال ذكر أعلن أحصى وثق أفاد كشف صرح حذر وصف أكد قدر سجل رصد أورد أضاف أوضح نفى اتهم دعا طالب برر عزا علل فسر أشار
    لفت اعتبر رأى توقع زعم أبلغ أقر اعترف تعهد وعد هدد انتقد ندد أدان استنكر شدد علق تحدث ناشد حمل خاطب روى رجح نصح
    شكا اشترط أعرب خمن ادعى حصر""")
    | words("""
    دعت عزت نفت رأت أحصت روت ادعت طلب طلبت يقول تقول يقولون يذكر تذكر يعلن تعلن يفيد تفيد يكشف تكشف يحذر تحذر يصف
    تصف يؤكد تؤكد يقدر تقدر يوضح توضح ينفي تنفي يتهم تتهم يطالب تطالب يدعو تدعو يبرر تبرر يعزو تعزو يعلل تعلل يفسر
    تفسر يشير تشير يعتبر تعتبر يرى ترى يتوقع تتوقع يزعم تزعم يقر تقر يحصي تحصي يوثق توثق ترجح يرجح""")
) - words("حملوا")
SAY_OF_WORDS_AR = forms("قدم أعطى نشر أصدر حدد رد رفض كتب بث أذاع عرض أظهر") | words("أعطت ردت يقدم تقدم يعطي تعطي")
"""Verbs that report where a word of what is said stands in the question, or that word is their object's pronoun."""

OBJECTS_AR = ("هما", "ها", "هم", "هن", "ه")
"""Pronouns written onto a verb, longest first."""

TELLING_AR = words("""
    حصيلة الحصيلة رقم الرقم رقما أرقام الأرقام عدد العدد تقدير تقديرات تفسير التفسير سبب السبب أسباب الأسباب توضيح
    مبرر مبررات نسبة النسبة معدل إحصاء إحصاءات توقعات رواية الرواية وصف تفسيرا سببا أسماء الأسماء""")
ACCORDING_AR = words(
    "بحسب حسب وفق وفقا طبقا استنادا نقلا حسبما وفقما كما برأي بنظر بشهادة بتقدير بتقديرات برواية بإحصاء بقول"
)
BEFORE_NAME_AR = {
    fold(first): words(then)
    for first, then in {
        "في": "نظر رأي تقدير تقديرات بيان",
        "على": "لسان",
        "وجهة": "نظر",
        "حد": "قول تعبير وصف",
        "من": "جانب قبل منظور",
        "صدرت": "عن",
        "صدر": "عن",
        "الصادرة": "عن",
        "الصادر": "عن",
        "صادرة": "عن",
        "صادر": "عن",
        "جاءت": "عن",
    }.items()
}
"""Two words after which a speaker is named."""

BEFORE_BODY_AR = {
    fold(first): words(then)
    for these, then in {
        "نسب نسبت ينسب تنسب منسوب منسوبة المنسوب المنسوبة": "إلى",
        "نقل نقلت ينقل منقول منقولة المنقول المنقولة": "عن",
        "معلن معلنة المعلن المعلنة": "من",
        "في": "رواية",
        "بناء": "على",
        "إذا": "صدقنا",
    }.items()
    for first in these.split()
}
"""The same where what follows is no speaker unless it is a body."""

ATTRIBUTED_AR = words("نسب نسبت ينسب تنسب منسوب منسوبة المنسوب المنسوبة نقل نقلت ينقل منقول منقولة المنقول المنقولة")
"""Of them, those after which it is one only of something said: attacks are attributed to who carried them out."""

RELAYED_AR = words("نقل نقلت نقلته نقلتها نقله نقلها نقلوا")
"""Verbs between «بحسب ما» and «عن» with whoever relays: «بحسب ما نقلته رويترز عن المرصد»."""

PASSED_AR = words("ما لما له لها عن إلى جاء ورد جاءت وردت في على لسان قد لدى")
"""Words between «وفقاً» and the speaker: «وفقاً لما جاء على لسان …»."""

STATEMENTS_AR = words("""
    بيان بيانات تقرير تقارير أرقام إحصاء إحصاءات إحصائيات إحصائية تقديرات تقدير رواية روايات حصيلة تصريح تصريحات
    معلومات شهادة شهادات دراسة حسابات توقعات قول كلام أقوال إفادة إفادات نظر رأي سجلات كشوف عدد مسح وصف تعبير بلاغ""")
"""What somebody says or issues, before their name: «بحسب أرقام الوزارة»."""

RESULTS_AR = words("""
    نتائج النتائج قانون القانون دستور الدستور موازنة الموازنة جدول الجدول خطة الخطة وثيقة وثائق الوثائق البيانات
    الأرقام الإحصاءات التقديرات التقارير التقرير البيان الحصيلة السجلات المعلومات اتفاق الاتفاق عقد العقد أرشيف
    الأرشيف المقال الاستطلاعات""")
"""Documents that are nobody's."""

REPLIES_AR = words("رد رأي تعليق تفسير تقدير رواية تحذير وصف مبرر حجة شرط نصيحة رسالة مطلب توقعات توقع")
"""Nouns whose owner a question asks the words of: «ما رد الوزير على …»; not «موقف»."""

ENDS_NAME_AR = words("""
    في خلال بشأن حول عن أن إن أنه إنه أنها إنها أنهم إنهم أنهما إنهما بأن بأنه بأنها بأنهم عند بعد قبل منذ على إلى
    يوم عام سنة حين حيث من بتاريخ كم ما متى أين كيف هل لماذا ماذا التي الذي الذين لدى ضد بين مع إثر جراء عندما بعدما
    قبلما قد كان كانت كانوا عما عمن حتى ليلة صباح مساء فجر إنهن أو لكي كي بسبب أي أية بما بم إذا لو فيما بينما تجاه
    إزاء لدخول وكم عليه عليها إليه إليها إليهم لهم له لها به بها فيه فيها منه منها منهم هو هي""")
"""Arabic words that a speaker's name does not go on with."""

EVENTS_AR = words("""
    قصف هجوم هجمات مقتل غارة غارات ضربة ضربات اعتقال رفع خفض زيادة ارتفاع انخفاض تراجع تدهور نقص انقطاع إغلاق إلغاء
    تأجيل قرار حادث حادثة حريق انهيار زلزال انفجار تفجير اغتيال استقالة إقالة أوضاع ظروف حصار مجزرة عملية اقتحام
    سقوط وفاة مصرع غرق تسرب فشل تعليق وقف انسحاب تجميد ارتفاعات توزيع محاولة استخدام خسائر أضرار حجم مستوى إجلاء
    استهداف تصاعد أسباب سبب مسؤولية انتشار إعادة تشغيل بدء استئناف موعد دخول خروج عودة""")
"""What somebody speaks of, right after their name: «كيف وصف الوزير قصف …»; part of a name after the head of a body."""

HEADS_AR = words("""
    مركز هيئة وزارة وزير وزيرة مكتب لجنة جهاز إدارة مصلحة دائرة شركة وكالة منظمة مجلس سلطة مديرية وحدة فريق غرفة قسم
    محكمة صندوق رئيس رئيسة مدير مديرة رصد خلية بعثة قائد نقابة اتحاد جمعية رابطة معهد شبكة منسق منسقة ناطق متحدث
    باسم عن مسؤول مسؤولة""")
"""Words that begin the name of a body or an office."""

ROLES_AR = frozenset(
    onto + word
    for word in lexicon_ar.OFFICES | lexicon_ar.TITLES | words("زعيم زعيمة نقيب رئيسة مديرته مديرها رئيسها رئيسه حاكم")
    for onto in ("", "ال")
)
"""Offices, ranks and trades of persons."""

SOURCES_AR = lexicon_ar.SOURCES | words("""
    خارجية دفاع صليب هلال مرصد مفوضية منسق منسقة صحيفة فصائل أوتشا يونيسف قيادة رئاسة أمم أمانة نيابة دار برنامج
    وكالة تحالف""")
"""Heads of what may speak."""

WHOSE_AR = words("باسمه باسمها باسمهم رئيسه رئيسها رئيسته مديره مديرها مديرته مديرتها")
"""Offices whose body only the rest of a question names."""


def is_in(token: Token, these: frozenset[str]) -> bool:
    """Whether a word, with or without the «و» or «ف» written onto it, is one of these."""
    return token.plain in these or (token.plain[:1] in {"و", "ف"} and token.plain[1:] in these)
