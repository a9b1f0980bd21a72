"""Words in an article that speak to machines: marked in the trace, never followed.

The extractive answerer follows nothing anyway; a model's passages are data to it. The marks are for the people who read
the trace: somebody tried to steer an answer through the archive. News about machines, instructions to voters and
recipes are no such words: what is marked addresses a program, or orders to forget what it was told, or says what to
answer.
"""

import re
from collections.abc import Iterator

from ingest.lexis import fold
from qa.answer import Instruction
from qa.domain import Evidence
from qa.reading import sentences_in

_PARAGRAPH = 1200
"""Code points; a longer paragraph is a text whose line ends were lost."""

_START = r"(?:^|[.!?؟:;,،\[\](){}<>«»“”\"'*#\n—–-])\s?"
"""Where an order, or a form of address, begins."""

_ON = r"[^.!?؟\n]{0,80}?"
"""What may stand between, within a sentence."""


def _any(words: str) -> str:
    """One of some words, `_` for a space within one."""
    return "(?:" + "|".join(words.replace("_", r"\s").split()) + ")"


_OF_AI = "ai artificial_intelligence automated automatic large_language language_model answering virtual digital"
_AI = rf"(?:{_any(_OF_AI)}[ -])"
_PROGRAM = _any("""
    assistants? models? systems? agents? readers? tools? bots? summari[sz]ers? engines? programs? crawlers? parsers?
    algorithms?""")
_ALONE = _any("chatbots? llms? language_models? summari[sz]ers? web_crawlers? search_bots? ais?")
_MACHINE = rf"(?:{_AI}{{1,2}}{_PROGRAM}|{_ALONE})\b"
_NOTE = _any("""
    note message instructions? notice attention correction warning memo reminder directive guidance addendum disclaimer
    important""")
_FORGET = _any("ignore disregard forget override bypass discard")
_EARLIER = _any("previous prior earlier above preceding foregoing existing original initial system")
_ORDERS = _any("instructions? prompts? guidelines? rules directions? directives? commands? context")
_THIS = _any("this these the_above the_following")
_TEXT = _any("article page text story document passage report content post site archive webpage")
_MODAL = _any("must should shall are_to is_to need_to have_to are_instructed are_required will are_asked please")
_ANSWER = _any("answer reply respond say state output write report claim tell conclude print")
_MACHINE_NOUN = _any("""
    ai_assistant ai_model ai_system ai_agent ai language_model large_language_model chatbot llm virtual_assistant
    helpful_assistant digital_assistant answering_engine answering_system question-answering_system assistant_model""")
_PERSONS = _any("""
    researchers? experts? engineers? scientists? company companies users? developers? specialists? critics? labs? firms?
    startups? consultants? enthusiasts?""")
_PROMPT = _any("prompt message note instruction instructions override update directive")

_EN = (
    (
        rf"{_START}(?:please |now |then |you (?:must|should) |and )?{_FORGET} "
        r"(?:all |any |of |the |your |my |other |every |these )*"
        rf"{_EARLIER} (?:\w+ )?{_ORDERS}\b"
    ),
    (
        rf"{_START}(?:please |now |then |you (?:must|should) )?{_FORGET} (?:all |any )?(?:of )?your (?:\w+ )?"
        rf"{_any('instructions? prompts? guidelines training')}\b"
    ),
    (
        rf"{_START}(?:please |now )?{_FORGET} (?:everything|all|anything) (?:\w+ ){{0,2}}"
        r"(?:above|before this|you were told|you have been told)\b"
    ),
    rf"\b{_MACHINE}{_ON}\b{_FORGET}\b{_ON}\b{_ORDERS}\b",
    rf"\byou(?:'re|’re| are) (?:now )?(?:an? |the )(?:\w+ )?{_MACHINE_NOUN}\b(?! {_PERSONS})",
    rf"\b(?:act|behave|respond|answer) as (?:an? |the )(?:\w+ )?{_MACHINE_NOUN}\b(?! {_PERSONS})",
    (
        rf"{_START}(?:\w+ |\w+['’]s )?{_NOTE}(?: \w+)? (?:to|for) (?:all |any |the |our |every )*"
        rf"(?:\w+ )?{_MACHINE}{_ON}(?:[:\])—–-]|$)"
    ),
    rf"{_START}{_NOTE},? {_MACHINE}\s?[:,—–-]",
    rf"{_START}(?:dear|hey|hello|hi|attention) {_MACHINE}",
    rf"\(\s?(?:for )?{_MACHINE}(?: and {_MACHINE})? only\b",
    rf"{_START}(?:if|when|in case) you(?:'re|’re| are) (?:an? )?{_MACHINE}",
    rf"\b{_MACHINE}{_ON}\b{_THIS} {_TEXT}\b{_ON}\b{_MODAL}\b",
    rf"\b{_MACHINE}{_ON}\b{_MODAL}\b{_ON}\b{_THIS} {_TEXT}\b",
    rf"{_START}(?:end of |new |begin |begin new )?(?:system|developer|assistant|admin) {_PROMPT}\s?[:\])>]",
    r"\b(?:reveal|print|repeat|output|show|leak|disclose) (?:your |the )(?:system |hidden |initial |full )?prompts?\b",
    rf"\bdo not (?:mention|reveal|disclose|cite|repeat) (?:this|these) {_NOTE}\b",
    (
        rf"{_START}(?:when|if|whenever) (?:you are )?asked\b(?!{_ON}\b(?:your|yourself)\b){_ON}, ?"
        rf"(?:always |only |simply |please |you must )?{_ANSWER}\b(?! you\b)"
    ),
    r"</?(?:system|assistant|user|instructions?)(?:[-_ ][^>]{0,80})?>|\[/?inst\]|<\|[a-z_]{1,20}\|>|<<sys>>",
    r"<\w{1,20}\s[^<>]{0,80}\b(?:audience|hidden)\b",
    rf"{_START}(?:ai |virtual )?assistant: {_ANSWER}\b",
    r"\b(?:overrides?|supersedes?|replaces?) (?:your|the|all) (?:\w+ )?(?:system )?prompts?\b",
    r"##\s?(?:system|instruction)s?\b",
)
_PROGRAM_AR = _any("""
    نظام انظمه برنامج برامج روبوت روبوتات نموذج نموذجا نماذج مساعد مساعدا مساعدي مساعدات وكيل وكلاء اداه ادوات محرك
    محركات""")
_AI_AR = _any("ذكاء اصطناعي لغوي لغويا لغويه لغه محادثه دردشه اجابه تلخيص الي اليا اليه ذكي ذكيا رقمي افتراضي")
_MACHINE_AR = rf"(?:ال)?{_PROGRAM_AR} (?:ال)?{_AI_AR}\b(?:\s(?:ال)?اصطناعي)?"
_ORDERS_AR = _any("""
    تعليمات التعليمات تعليماتك اوامر الاوامر اوامرك توجيهات التوجيهات توجيهاتك قواعد القواعد ما_سبق""")
_EARLIER_AR = _any("السابقه الاصليه اعلاه المذكوره الاولي كلها جميعها الوارده")
_TEXT_AR = rf"(?:هذا|هذه) {_any('المقال المقاله النص الخبر التقرير الصفحه الوثيقه')}"
_DOES_AR = rf"ان (?:ت|ي){_any('جيب ذكر قول تجاهل كتب')}"
_FORGET_AR = rf"{_any('تجاهل اهمل انس تخط تجاوز تناس')}(?:وا|ي)?"
_ALL_AR = _any("كل جميع كافه اي سائر")
_NOTE_AR = _any("رساله تعليمات ملاحظه تنبيه توجيه تصحيح تصويب تحذير اشعار")
_ANSWER_AR = r"ف?(?:(?:اجب|قل|اذكر|اكتب|رد)(?:وا|ي)?|ي(?:جاب|قال|ذكر))\s(?:فقط\s)?(?:ب|ان\b|انه|انها)"
_AR = (
    (
        rf"{_START}[وف]?{_FORGET_AR} (?:{_ALL_AR} )?{_ORDERS_AR}"
        rf"(?: {_EARLIER_AR}|$|[ ،,.]{{1,3}}و?[^.]{{0,20}}(?:اجب|قل|اكتب))"
    ),
    rf"{_START}[وف]?{_FORGET_AR} (?:{_ALL_AR} )?(?:تعليماتك|اوامرك|توجيهاتك|ما قيل لك)",
    rf"{_MACHINE_AR}{_ON}{_FORGET_AR} (?:{_ALL_AR} )?{_ORDERS_AR}",
    rf"\bانت (?:الان )?{_MACHINE_AR}",
    rf"{_START}{_NOTE_AR} (?:\w+ ){{0,5}}?(?:الي |ل|لل|الي كل |لكل |لجميع ){_MACHINE_AR}{_ON}(?:[:\])،—–-]|$)",
    rf"{_START}{_NOTE_AR} (?:من )?(?:ال)?نظام\s?(?:الي \w+ ?\w*)?\s?[:\])]",
    rf"{_START}(?:الي|يا|ايها|ايتها) (?:كل |جميع )?{_MACHINE_AR}{_ON}:",
    rf"{_START}(?:اذا|ان) كنت {_MACHINE_AR}",
    rf"{_MACHINE_AR}{_ON}\b{_TEXT_AR}\b{_ON}(?:{_DOES_AR}|يجب|عليها|عليه|مطالب)",
    rf"\bعلي {_MACHINE_AR}{_ON}{_DOES_AR}{_ON}{_TEXT_AR}",
    rf"{_START}[وف]?(?:اذا سيلت|عند سوالك|كلما سيلت|متي سيلت|عند السوال){_ON}{_ANSWER_AR}",
    r"\bلا تذكر (?:هذه |هذا )?(?:التعليمات|الملاحظه|الرساله|التنبيه)\b",
    r"\b(?:اكشف|اعرض|اطبع|كرر) (?:لنا )?(?:تعليماتك|موجه النظام|اوامرك)",
)
_SPEAKS = re.compile("|".join((*_EN, *_AR)))


def speaks_to_machines(sentence: str) -> bool:
    """Whether a sentence tells a program what to do or what to say, in English or Arabic."""
    return _SPEAKS.search(fold(sentence)) is not None


def tainted(text: str, start: int, end: int) -> bool:
    """Whether a sentence stands in a paragraph that speaks to machines; in a long one, whether it does itself."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    paragraph = text[first : last if last >= 0 else len(text)]
    return speaks_to_machines(paragraph if len(paragraph) <= _PARAGRAPH else text[start:end])


def instructions(evidence: Evidence) -> tuple[Instruction, ...]:
    """Such sentences in what was retrieved, each once."""
    return tuple(dict.fromkeys(_find(evidence)))


def _find(evidence: Evidence) -> Iterator[Instruction]:
    for passage in (*evidence.passages, *evidence.read):
        for start, end in sentences_in(passage.article.text, passage.start, passage.end):
            quote = passage.article.text[start:end]
            if speaks_to_machines(quote):
                yield Instruction(article_id=passage.article.id, quote=quote, start=start, end=end)
