"""Whether a sentence denies what it counts, or leaves open whether it happened: by the words on both sides of a figure.

"It is not true that 40 were killed" and "there is no evidence that" deny what follows them, "reports that 80 died are
baseless" what is before; "could kill 300", "fears that 200 died", "if 40 die" only think of it. What such words reach ends
where another clause begins: at "but", at a verb of saying, at what only tells which one is meant ("the raid that killed
14"), and at most commas.
"""

# ruff: noqa: E501 - a phrase a line, however many ways it is put

import re
from typing import Literal

from ingest.lexis import fold
from ingest.turns import plain_turns

Unreal = Literal["untrue", "denied", "open", "spared"]
"""Said to be false; not said to be so; left open; said of those who are there but whom it did not befall."""

_FAR = 160
"""Code points before a figure that may turn it."""
_ON = 130
"""Code points after it that may."""


def _any(phrases: str) -> str:
    """One of the phrases, a line each."""
    return "(?:" + "|".join(line.strip() for line in phrases.strip().splitlines()) + ")"


def _en(phrases: str) -> str:
    return rf"\b{_any(phrases)}(?!\w)"


def _ar(phrases: str) -> str:
    return rf"(?<!\w)[وف]?{_any(fold(phrases))}(?!\w)"


_FATE_EN = (
    r"(?:(?:kill|wound|injur|slaughter|massacr|execut|behead|murder|drown|displac|evacuat|evict|uproot|starv|perish|arrest"
    r"|detain|jail|captur|kidnap|abduct|imprison|destroy|depriv|affect|endanger|expos)\w*|die[ds]?|dying|dead|deaths?"
    r"|hurt|flee|fled|lives|fatalities|casualties|victims|missing|homeless|trapped|held|shot|bombed)"
)
_LEADS_EN = (
    r"(?:(?:lead|led|result|caus|leav|left|reach|ris|climb|exceed|increas|grow|claim|cost|mean|push|forc|threaten|put|"
    r"driv|creat|send|number|total|bring|trigger|see|witness)\w*)"
)
_FATE_AR = (
    r"[يت](?:قتل|صاب|جرح|موت|عتقل|نزح|تشرد|شرد|هجر|عدم|خطف|حتجز|فقد|ستشهد|سقط|صب|لقي|لق|غرق|توف|هلك|ودي|حصد|فر)\w*"
)
_ADVERB = r"(?:(?:also|even|well|still|eventually|potentially|easily|soon|yet|already|in fact|actually|possibly)\s+)*"

_NOT = r"(?:not|never|\w+n['’]t)"
_UNTRUE_EN = rf"""
    {_NOT} (?:at all |entirely |quite |even )?(?:true|correct|accurate|the case)\b[^.]{{0,40}}?\bthat
    (?:is|was|be|were|it) (?:a |an |completely |totally |simply )*(?:false|untrue|wrong|incorrect|lie|myth|nonsense|fabrication|inaccurate)\b[^.]{{0,40}}?\bthat
    no truth (?:in|to|behind)
    nothing true (?:in|about)
    contrary to (?:the |some |earlier |media |what )*(?:reports?|claims?|rumou?rs?|allegations?|said)
    (?:false|fake|baseless|bogus|untrue|unfounded|fabricated|groundless) (?:\w+ )?(?:reports?|claims?|rumou?rs?|allegations?|news|story|stories|accusations?)
    (?:falsely|wrongly|mistakenly|erroneously|incorrectly) (?:said|claim\w*|report\w*|alleg\w*|stat\w*|accus\w*|announc\w*)
    a (?:lie|myth|fabrication) that"""
_SAY_EN = r"(?:say|said|claim(?:ed)?|report(?:ed)?|announced?|state[d]?|suggest(?:ed)?|admit(?:ted)?|alleged?)"
_DENIED_EN = rf"""
    (?:no|{_NOT} (?:\w+ ){{0,2}}any) (?:\w+ )?(?:evidence|proof|information|indications?|confirmation|signs?|basis|suggestion|reason to believe) (?:\w+ )?(?:that|of|for|to)
    (?:lacks?|without|lack of) (?:any )?(?:evidence|proof|confirmation|confirming) (?:that|of|for)
    {_NOT} (?:yet |been able to |independently |immediately |be able to )*(?:confirm|verify|corroborate|verified|confirmed|substantiate)(?: reports?| claims?| whether)*
    cannot (?:independently )?(?:confirm|verify)
    (?:refus\w+|declin\w+|unable|yet|impossible|fail\w*) to (?:immediately |independently )*(?:confirm|verify|corroborate)
    {_NOT} {_SAY_EN} that
    (?:nobody|no one|none) (?:\w+ )?(?:confirmed|verified|confirms|corroborated)
    (?:{_NOT}|nobody|no one) (?:believe|believes|believed|think|thinks|thought|accept|accepts|{_SAY_EN})(?: that)?
    (?<!not )(?<!never )(?<!n't )(?<!neither )(?<!without )(?:denies|denied|deny|denying|denials?|refut\w+|disput\w+|rebut\w*|debunk\w*) (?:of|having|(?:\w+ )?(?:reports?|claims?|accusations?|allegations?|rumou?rs?)|that|any|killing|wounding|arresting|detaining)
    (?<!not )(?<!never )(?<!n't )(?:rul(?:e|es|ed|ing) out|doubt(?:s|ed)?|unlikely|impossible|inconceivable) (?:\w+ )?that
    (?:reject|dismiss|scoff)\w*(?: as \w+)? (?:\w+ ){{0,2}}(?:reports?|claims?|accusations?|allegations?|rumou?rs?|suggestions?|idea|notion)
    (?:prevent|avert|avoid|foil|thwart)\w* (?:(?!and\b)\w+ ){{0,3}}?(?:killing|deaths?|massacre|murders?|displacement|executions?|kidnapping|arrest|from being)
    fail(?:s|ed|ing)? to {_FATE_EN}
    {_NOT} {_ADVERB}{_FATE_EN}
    there (?:was|were|are|is)(?: not| never|n['’]t)(?: even)?(?= $)"""
_MODAL_EN = r"(?:could|may|might|would|can)"
_OPEN_EN = rf"""
    {_MODAL_EN}(?: not)? {_ADVERB}(?:have |be |have been |be )?{_ADVERB}(?:{_FATE_EN}|{_LEADS_EN}|as (?:high|many) as|up to)
    {_MODAL_EN} (?:have been|be)(?= (?:as many as|up to|at least|more than|over|about|around)? ?$)
    fear(?:s|ed|ing)? (?:\w+ ){{0,2}}?(?:that|for|dead|killed|as|up|more|at|may|could|have|of(?= (?:\w+ ){{0,3}}$))
    (?:whether|wonder\w*|unclear if|asked if|suppos(?:e|ing)(?: that)?|imagine)
    (?:unconfirmed (?:\w+ )?(?:reports?|claims?|rumou?rs?|news|information)|rumou?rs?|rumou?red)
    {_NOT} rul(?:e|ed|ing) out
    (?:possibility|likelihood|prospect|probability|danger|chance) (?:that|of)
    (?:threat|threaten|plan|plot|plann|intend|vow|aim|want|hop|prepar|attempt|conspir|pledg|promis|propos|expect|predict|like|set|try|tried|decid|project|forecast)(?:s|ed|ing|e|es|ly|t|n)?(?: \w+)? to {_ADVERB}(?:be )?(?:{_FATE_EN}|{_LEADS_EN})
    (?:threaten|risk)(?:s|ed|ing)? (?:the |to )?(?:lives|{_FATE_EN}|{_LEADS_EN})
    warn\w* of
    (?:at )?risks? of
    (?:enough|capable|sufficient) (?:to|of) {_FATE_EN}
    (?:predict|forecast|foresee|anticipat)\w*(?: that)?
    {_MODAL_EN} (?!be (?:heard|seen|felt))\w+(?: \w+){{0,7}}, (?:killing|wounding|injuring|leaving|displacing|drowning)
    {_MODAL_EN} (?:\w+ ){{1,3}}and {_ADVERB}(?:kill|wound|injure|displace|leave|cause|destroy|claim)
    worst[- ]case
    hypothetical\w*"""
_IF_EN = r"(?:(?<!as )(?<!what )if(?! not\b)(?! any\b)(?! only\b)(?! confirmed)|unless|in case|in the event)"
_WOULD_EN = rf"(?:will|['’]ll|would|{_MODAL_EN}|die|dies|face)"

_UNTRUE_AR = """
    (?:ليس|ليست|غير|وليس) (?:من )?(?:ال)?صحيحا?(?: \\w+){0,3}? (?:[با]?ان\\w*|عن|بشان|حول|ما)
    (?:ليس|ليست) حقيقيا ان
    لا أساس (?:من الصحة )?ل\\w+
    لا صحة (?:\\w+ ){0,3}?(?:ل\\w+|عن|بشان|حول)
    (?:من )?(?:ال)?خط[اأ] (?:\\w+ )?ان
    (?:خلافا|على عكس|بخلاف|عكس) (?:ل?ما|ل\\w+)
    (?:ال)?(?:أنباء|تقارير|أخبار|معلومات|مزاعم|ادعاءات) (?:ال)?(?:كاذبة|زائفة|مفبركة|ملفقة|مغلوطة)
    (?:زعم|زعمت|ادعى|ادعت) (?:زورا|كذبا)
    (?:كذبة|أكذوبة|كذب) (?:ان|القول)"""
_DENIED_AR = f"""
    (?<!لم )(?<!لا )(?:نفى|نفت|نفوا|ينفي|تنفي|ينفون|نافيا|نافية|نافين|نفيها?|أنكر\\w*|ينكر\\w*|تنكر\\w*|فند\\w*|دحض\\w*|كذب|كذبت|مكذبا)
    (?<!لم )(?<!لا )(?:استبعد\\w*|يستبعد\\w*|تستبعد\\w*|مستبعدا|المستبعد|مستبعد) (?:\\w+ ){{0,3}}?(?:أن|مقتل|سقوط|وقوع|وفاة)
    (?:لا|ليس|لم|دون|بدون|ليست|لاتوجد) (?:\\w+ ){{0,2}}?(?:دليل|أدلة|دلائل|مؤشر|مؤشرات|إثبات|إثباتات|تأكيد|تأكيدات|ما يثبت|ما يؤكد|ما يشير)
    (?:لم|لا) (?:\\w+ )?(?:يؤكد\\w*|تؤكد\\w*|يتأكد|تتأكد|يثبت|تثبت|تتمكن من تأكيد|يتمكن من تأكيد|يتسن\\w* \\w+ من|يمكن تأكيد|يمكن التأكد)
    (?:لم|لا) (?:يقل|تقل|يقولوا|يعلن|تعلن|يعلنوا|نقل|أقل|يصدق|يعتقد) (?:\\w+ ){{0,2}}?[با]?ان\\w*
    لم {_FATE_AR}
    (?:ليس|لم يكن) (?:هناك|ثمة)(?= $)
    (?:منع|حال|حالت|يحول|تفادي|تجنب|لتجنب|لتفادي|لمنع|إحباط|أحبط|أحبطت) (?:\\w+ ){{0,2}}?(?:مقتل|قتل|وفاة|موت|إعدام|تهجير|تشريد|نزوح|سقوط)"""
_OPEN_AR = f"""
    قد (?:ي(?!زيد)\\w+|{_FATE_AR}|تؤدي|تصل|تبلغ|تسفر|تتسبب|تكون|ترتفع|تطال|تدفع|تجبر|تخلف|تتجاوز|تدمر|تتعرض|تواجه|تضطر)
    ربما(?= \\w+ )
    (?:يمكن|يمكنها|يمكنه|بإمكانها|بإمكانه|يحتمل|المحتمل|الممكن|احتمال|احتمالات|احتمالية|إمكانية|يتوقع|تتوقع|المتوقع|متوقعا|توقعات|توقع|توقعت)(?: \\w+)? (?:أن|ان|بأن|ب?مقتل|ب?نزوح|ب?تشريد|ب?تهجير|ب?وفاة|ب?سقوط|ب?ارتفاع)
    (?:يخشى|تخشى|يخشون|نخشى|خشية|مخاوف|المخاوف|تخوف\\w*|خشيته\\w*) (?:\\w+ )?(?:من|أن|على|ان|مقتل)
    من شأن\\w* (?:\\w+ ){{0,3}}?أن
    (?:ال)?مرجح(?:ا)? أن (?:يرتفع|يصل|يبلغ|ترتفع|تصل)
    (?:شائعات|الشائعات|إشاعات|الإشاعات|إشاعة|شائعة)
    (?:حذر|حذرت|تحذر|يحذر|محذرا|محذرة|تحذيرات|حذروا|تحذير|يحذرون|خطر|بخطر) (?:\\w+ ){{0,2}}?(?:من )?(?:مقتل|قتل|وفاة|موت|إعدام|تهجير|تشريد|نزوح|سقوط|مجزرة|كارثة|هلاك)
    (?:هدد|هددت|هددوا|يهدد|تهدد|مهددا|تهديد|تهديدات|مهددين|توعد) (?:\\w+ )?(?:ب\\w+|حياة)
    (?:يعتزم|تعتزم|ينوي|تنوي|يخطط|تخطط|خطط|خططوا|محاولة|حاول|حاولت|يحاول|يريد|تريد) (?:\\w+ ){{0,2}}?(?:ل?قتل|ل?إعدام|ل?تهجير|ل?اعتقال|لخطف|لاغتيال|لإجلاء|إجلاء|اغتيال|خطف|تهجير)
    (?:يكفي|تكفي|كافية|كاف|قادرة|قادر) (?:ل\\w+|على) """
_IF_AR = r"(?:إذا|لو|في حال|في حالة|ما لم|إن لم|لولا|ما إذا|عما إذا|هل)"
_WOULD_AR = rf"(?<!\w)(?:[وف]?(?:س|ل)?{_FATE_AR}|[وف]?س[يت]\w+|قد|لكان|لقتل)(?!\w)"

_UNTRUE = re.compile(f"{_en(_UNTRUE_EN)}|{_ar(_UNTRUE_AR)}")
_DENIED = re.compile(f"{_en(_DENIED_EN)}|{_ar(_DENIED_AR)}")
_OPEN = re.compile(f"{_en(_OPEN_EN)}|{_ar(_OPEN_AR)}")
_IF = re.compile(rf"\b{_IF_EN}\b|{_ar(_IF_AR)}")
_WOULD = re.compile(rf"\b{_WOULD_EN}\b|{_WOULD_AR}")

_SAYS = (
    r"sa(?:id|ys|ying)|told|add(?:s|ed|ing)|according|report(?:ed|ing)|insist(?:s|ed|ing)?|maintain(?:s|ed|ing)|stress(?:ed|ing)|"
    r"confirm(?:s|ed|ing)|acknowledg\w+|admit\w*"
)
_BREAK = re.compile(
    rf"[;؛:.!?؟()—–]|\s-\s|\b(?:but|while|although|though|which|who|how|why|what|whose|whom|whereas|where|when|after|since|because"
    rf"|following|despite|instead|rather|other than|apart from|besides|{_SAYS})\b"
    rf"|\bthat\s+(?:\w+\s+)?(?:kill|wound|injur|left|claim|cost|displac|destroy|took|has|have|had|was|were)\w*"
    r"|,\s+(?:and|or|with|including|as|the|he|she|they|it|a|an|in|on|at|some|killing|leaving|wounding|saying)\b"
    r"|،\s*و|(?<!\w)(?:[وف]?(?:لكن\w*|بينما|فيما|بل|الذي|التي|الذين|اللذين|بعد|بعدما|عندما|حين|حيث|كما|عقب|منذ|اثر|اذ)|"
    r"وقال\w*|قال\w*|واضاف\w*|مضيف\w*|مشير\w*|واشار\w*|واوضح\w*|واكد\w*|مؤكد\w*|موكد\w*|وذكر\w*|ذكرت?)(?!\w)"
)
_COMMA = re.compile(r"[,،]")
_LISTED = re.compile(r"[\d٠-٩][^,،]*[,،]\s*(?:[\d٠-٩]|$)")
_ASIDE = re.compile(r"((?<!\w)(?:that|ان|انه|بان))\s*[,،][^,،]{1,40}[,،]")

_FARTHEST = {"untrue": 22, "denied": 16, "open": 12}
"""Words from those that turn to the figure."""

_IF_FAR = 10
"""Words from "if" to the figure in its clause."""

_FALSE = (
    r"[\"“'‘]?(?:(?:completely|totally|simply|entirely|all|utterly|absolutely|just|a|an|pure|without|patently|wholly|clearly|plain|"
    r"categorically|both|and)\s+)*"
    r"(?:false|untrue|baseless|unfounded|groundless|incorrect|inaccurate|wrong|fabricat\w+|lies?|fake|nonsense|bogus"
    r"|foundation|invented|denied|refuted|propaganda|rumou?rs?|not (?:true|correct|accurate)|unsubstantiated|debunked)"
)
_SUBJECT = re.compile(
    r"\b(?:reports?|claims?|allegations?|accusations?|rumou?rs?|suggestions?|statements?|news|stor(?:y|ies)|talk|assertions?"
    r"|idea|notion|figures?|tolls?|videos?|footage|posts?|images?|pictures?)\b[^.,;]*$|^\W*that\b[^.,;]*$|\b(?:say|saying|claim|says)\s+that\b[^.,;]*$"
)
_FALSE_AFTER = re.compile(rf"^[^.;:!?]{{0,90}}?\b(?:is|are|was|were|be|been|proved)\s+{_FALSE}\b")
_FALSE_ASIDE = re.compile(
    rf"^[^.;:!?]{{0,70}},(?:[^,.]{{1,40}}\b(?:said|says|told|added)\b[^,.]{{0,30}},)?\W*(?:\w+\s+)?(?:(?:is|was)\s+{_FALSE}\b(?!\s+(?:of|for)\b))"
)
_NEVER_WAS = re.compile(
    r"^(?:\W+[^\W\d]+){0,8}?\W+(?:never|did(?: not|n['’]t)|had(?: not|n['’]t)) (?:happen|occur|exist|take place)(?:ed|red)?\b"
)
_CALLED = re.compile(r"\b(?:call|brand|label|describ|denounc|dismiss|reject)\w* [^.,;]*$")
_CALLED_FALSE = re.compile(rf"^[^.,;:!?]{{0,70}}?\s(?:as\s+|a\s+|an\s+){{1,2}}{_FALSE}\b")
_DENIED_ASIDE = re.compile(
    r"^[^.;:!?]{0,70},\s+(?:a|an|which|reports?)\s+(?:\w+\s+){0,3}?(?:(?:claim|report|charge|accusation|allegation|figure|toll)s?\s+)?"
    r"(?:(?:that|which)\s+)?(?:\w+\s+){0,4}?(?:denie[sd]|rejected|dismissed|refuted|is false|was false)\b"
)
_FALSE_AFTER_AR = re.compile(
    "^[^.؛:!؟]{0,80}?"
    + _ar(
        """
        (?:عار|عارية|عارٍ|عاريه) عن الصحة
        لا أساس (?:له|لها|لهم)
        (?:غير|ليس|ليست) (?:ال)?(?:صحيح|صحيحا|صحيحة|دقيق|دقيقا|دقيقة|حقيقي)
        (?:كاذب|كاذبة|زائفة|ملفقة|ملفق|مفبركة|مفبرك|كذب|مغلوطة|باطلة|محض افتراء|مجرد شائعات|محض كذب)"""
    )
)
_SUBJECT_AR = re.compile(
    rf"(?<!\w)[وف]?(?:{fold('القول|الحديث|ما|الأنباء|أنباء|التقارير|تقارير|المعلومات|الأخبار|الادعاءات|المزاعم|مزاعم|خبر|نبأ|الخبر|اتهام|الاتهامات')})(?!\w)[^.؛:!؟]*$"
)
_SPARED = re.compile(
    r"\b(?:none|not one|no one|nobody|neither|not a single one|not any|no member) (?:\w+ )?(?:of|among) (?:\w+ ){0,2}$"
    rf"|(?<!\w){fold('لم')} {_FATE_AR} (?:{fold('أي|أحد|أيا')}) (?:\w+ )?{fold('من')} (?:\w+ )?(?:ال)?$"
)
_SPARED_AFTER = re.compile(
    rf"^(?:\W+[^\W\d]+){{0,5}}?\W+(?:were|was|are|is|did|have|had|has)(?: been)?(?: not| never|n['’]t)(?: been)? {_ADVERB}{_FATE_EN}\b"
    rf"|^(?:\W+[^\W\d]+){{0,4}}?\W+{fold('لم')} {_FATE_AR}(?!\w)"
)
_OPEN_AFTER = re.compile(
    rf"^(?:\W+[^\W\d]+){{0,6}}?\s+(?:{_MODAL_EN}(?: not)? {_ADVERB}(?:have |be |have been |be )?{_ADVERB}|(?:was|were|are|is|been) "
    r"(?:now )?(?:feared|at risk of|rumou?red|threatened with|in danger of)(?: to have| to be| being| that| they)?(?: been| may have| had)? ?|"
    rf"(?:are|were|is|was) (?:expected|likely|set|due|going) to (?:be |have )?)(?:been )?(?:{_FATE_EN}|made homeless|forced|lose|displace\w*)\b"
    rf"|^(?:\W+[^\W\d]+){{0,4}}?\s+(?:{fold('قد')}|{fold('ربما')}|{fold('يمكن أن')}|{fold('يخشى أن')}) (?:{_FATE_AR}|{fold('يكونون|يكونوا')})"
    rf"(?!\w)(?! (?:{fold('بعض|عدد|أحد|كثير')}))"
)
_PLAIN_FATE = re.compile(rf"\b{_FATE_EN}\b")
_DEFINITE = re.compile(r"\b(?:the|these|those|all|their|his|its)\s+(?:\w+\s+)?$")


def how_unreal(text: str, start: int, end: int, first: int, last: int) -> Unreal | None:
    """What its sentence does to a figure, `None` where it states it.

    Args:
        text: the text.
        start: first code point of the figure.
        end: one past its last.
        first: first code point of its sentence.
        last: one past the sentence's last.
    """
    before = _OUTSIDE_THAT.sub(" that ", plain_turns(text[max(first, start - _FAR) : start]))
    before = " ".join(_ASIDE.sub(r"\1 ", before).split()) + " "
    after = fold(text[end : min(last, end + _ON)])
    if _is_false(before, after):
        return "untrue"
    if _SPARED.search(before):
        return "spared"
    if _reaches(_UNTRUE, before, "untrue"):
        return "untrue"
    if _reaches(_DENIED, before, "denied"):
        return "denied"
    if _reaches(_OPEN, before, "open"):
        return "open"
    return _by_what_follows(before, after)


_NEGATION = re.compile(r"\b(?:not|never)\b|n['’]t")
_SAID_ASIDE = re.compile(r",\s[^,.]{1,40}\b(?:said|says)\b[^,.]{0,20},(?=\s(?:could|may|might|would)\b)")
_ENDS = re.compile(r"[.;:,،؛!?؟]|\b(?:and|but|while|after|who|said|says|told)\b")
_OUTSIDE_THAT = re.compile(r"[,،]\s[^,،]{1,45}\b(?:said|says|told|added)\b[^,،]{0,30}[,،]\s+that\s")


def _is_false(before: str, after: str) -> bool:
    if _FALSE_ASIDE.match(after) or _DENIED_ASIDE.match(after):
        return True
    if _NEVER_WAS.match(after) or (_CALLED.search(before) and _CALLED_FALSE.match(after)):
        return True
    if _SUBJECT.search(before) and _FALSE_AFTER.match(after):
        return True
    return bool(_SUBJECT_AR.search(before) and _FALSE_AFTER_AR.match(after))


def _reaches(pattern: re.Pattern[str], before: str, how: str) -> bool:
    for found in pattern.finditer(before):
        between = before[found.end() :]
        if len(between.split()) > _FARTHEST[how] or _BREAK.search(between):
            continue
        if _COMMA.search(between) and not _LISTED.search(between):
            continue
        return True
    return False


def _by_what_follows(before: str, after: str) -> Unreal | None:
    follows = _ENDS.split(_SAID_ASIDE.sub(" ", after, count=1))[0]
    found = _SPARED_AFTER.match(follows)
    if found and not _PLAIN_FATE.search(_NEGATION.split(found[0])[0]):
        return "spared" if _DEFINITE.search(before) else "denied"
    if found := _OPEN_AFTER.match(follows):
        told = _PLAIN_FATE.findall(found[0])
        if len(told) <= 1 or "feared" in found[0]:
            return "open"
    clause = re.split(r"[.;:!?؟؛]", before)[-1]
    own = _COMMA.split(clause)[-1]
    if any(not _BREAK.search(own[at.end() :]) and len(own[at.end() :].split()) <= _IF_FAR for at in _IF.finditer(own)):
        return "open"
    supposed = _IF.search(follows) or (_IF.search(clause) and "," in clause.replace("،", ","))
    if supposed and _WOULD.search(f"{own} {follows.split(' if ')[0]}"):
        return "open"
    return None
