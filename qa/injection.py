"""Words in an article that speak to machines: marked in the trace, never followed.

The extractive answerer follows nothing anyway; a model's passages are data to it. The marks are for the people who read
the trace: somebody tried to steer an answer through the archive.
"""

import re
from collections.abc import Iterator

from ingest.lexis import fold
from qa.answer import Instruction
from qa.domain import Evidence
from qa.reading import sentences_in

_EN = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b(?: \w+){0,4} (?:instructions?|prompts?|rules|guidelines|directions|context)\b",
    r"\b(?:you are|you're|act as|behave as) (?:now )?(?:an? )?(?:ai|assistants?|language models?|chatbots?|llms?|system)\b",
    r"\b(?:ai|language models?|assistants?|chatbots?|summari[sz]ers?|automated (?:systems?|readers?)|machines?|answering (?:systems?|engines?))\b[^.!?]{0,60}\b(?:must|should|shall|are to|is to|answer|respond|reply|state|say|output|report)\b",
    r"\b(?:system|developer|assistant) (?:prompt|message|note|instruction)s?\b",
    r"\b(?:note|message|instruction|notice|attention) (?:to|for) (?:\w+ ){0,3}(?:ai|assistants?|language models?|llms?|machines?|bots?|systems?|readers? of this)\b",
    r"\b(?:when|if) asked\b[^.!?]{0,80}\b(?:answer|reply|respond|say|state|give)\b",
    r"</?(?:system|assistant|user|instructions?)(?:[-_ ][^>]{0,80})?>|\[/?inst\]|<\|[a-z_]+\|>",
)
_AR = (
    r"\b(?:تجاهل|اهمل|انس|تخط)(?:وا|ي)?\b[^.!؟]{0,40}\b(?:ال)?(?:تعليمات|اوامر|توجيهات|قواعد)",
    r"\b(?:نظام|انظمه|برنامج|روبوت|المساعد|مساعد|نموذج)\b[^.!؟]{0,30}\b(?:الذكاء|الاصطناعي|اللغوي|المحادثه|الاجابه)",
    r"\b(?:رساله|تعليمات|ملاحظه|تنبيه) (?:من \w+ )?(?:الي|ل)\s?(?:ال)?(?:نظام|انظمه|برامج|البرامج|الاله|الالات|نموذج|مساعد|روبوت)",
    r"\bعند (?:ال)?س[وي]?ءال\b[^.!؟]{0,80}\b(?:اجب|يجاب|قل|يقال|اذكر)|\bاذا س[يو]?لت\b[^.!؟]{0,80}\b(?:اجب|فاجب|قل|فقل|اذكر)|\bعند السوال\b[^.!؟]{0,80}\b(?:اجب|يجاب|قل|يقال|اذكر)",
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


_PARAGRAPH = 1200
"""Code points; a longer paragraph is a text whose line ends were lost."""


def instructions(evidence: Evidence) -> tuple[Instruction, ...]:
    """Such sentences in what was retrieved, each once."""
    return tuple(dict.fromkeys(_find(evidence)))


def _find(evidence: Evidence) -> Iterator[Instruction]:
    for passage in (*evidence.passages, *evidence.read):
        for start, end in sentences_in(passage.article.text, passage.start, passage.end):
            quote = passage.article.text[start:end]
            if speaks_to_machines(quote):
                yield Instruction(article_id=passage.article.id, quote=quote, start=start, end=end)
