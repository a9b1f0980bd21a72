"""Sentences are whole, exact spans of Arabic and English news text, found in linear time."""

import itertools
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import Span, is_paragraph_break, split_sentences

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[3] / "shared")) / "data"

ENGLISH = [
    "The army left. ¦The rebels stayed.",
    "Who left? ¦The army! ¦Really?! ¦Yes.",
    "“We left,” he said. ¦Then he slept.",
    "“Did he go?” she asked. ¦“No.”",
    '"Did he go?" she asked. ¦He did not.',
    '"Who did it?" Smith asked. ¦Nobody knew.',
    '"Who?" ¦Smith asked the driver to leave.',
    '"We are here." Jundi said. ¦He left.',
    'He said: "We left." ¦"We won," she added.',
    "“We left. ¦We will not return,” he said.",
    "‘Yes.’ ¦'No.' ¦She's ‘fine’. ¦The rebels' commander left.",
    "He called it “a ‘war crime’.” ¦She agreed.",
    "„We left.“ ¦‟She stayed.” ¦«They came.»",
    "“He left. ” ¦She stayed.",
    'He left.) ¦She stayed."',
    "Mr. Smith met Dr. Jones, Gen. Petraeus and Lt. Col. Dorrian. ¦They left.",
    "The U.S. Army and the U.N. Security Council met. ¦They left.",
    "He lives in the U.S. ¦The army left.",
    "U.N. Under Secretary General Kane arrived. ¦The U.N. says so.",
    "J. K. Rowling wrote it. ¦George W. Bush read it.",
    "It was plan B. ¦The army left.",
    "It cost 3.8 million, or 1.700 or 1,700.5 a head. ¦It was 2011. ¦30 died.",
    "No. 5 was hit. ¦No. ¦He left.",
    "On Jan. 5 and Sept. 19 they met. ¦In Oct. they left.",
    "At 6:30 a.m. Tuesday he left. ¦At 6 p.m. ¦Rescuers came.",
    "Acme Inc. said so. ¦Acme Inc. Chairman Lee left, i.e. fled, e.g. to Iraq vs. Iran etc. and so on.",
    "St. Petersburg is far. ¦He came from Washington D.C. on Monday.",
    "He left... and came back. ¦He left... ¦The end.",
    "He left… and came back… ¦The end.",
    "It fell. ... ¦25 Topic Violence",
    "Visit www.sana.sy or example.com, or mail a.b@c.org. ¦Then call.",
    "See http://x.org/?q=a.b&c=d! ¦Then go.",
    "1. The first point. ¦2. The second point.",
    "a) One. ¦(2.) Two.",
    "Damascus.¦The army left the last person” he said.¦They came.",
    "al-Assad spoke. ¦al-Nusra denied it. ¦iPhone sales rose.",
    "He (the U.S. envoy (who left?)) spoke. ¦[He is gone.] ¦(He stayed.) ¦Done.",
    "A first line without a stop\n¦A second one\n\n¦a third after a blank line",
    "This line was wrapped in\nthe middle of a sentence,\nTwice. ¦Next.",
    "It fell. \t \t¦Scores died\t \t ¦Regime advances",
    "Eight were hurt in the blast said the report. ¦The attack hit Syrias south the Observatory said.",
    "said ��We are here.�� ¦They left.",
    "Magnitude was 5.8. ¦Rescue teams left at 4:15. ¦They won 3:2. ¦The toll: 54. ¦Officials left.",
    "There are three: 1. The first. ¦2. The second.",
    "Pvt. Lee and Spc. Diaz met Pres. Assad, Amb. Ford, Sec. Kerry and Min. Noor on Tues. March 5. ¦They left.",
    "It took a min. ¦The army left.",
    "H. Zain/ Ghossoun /M. al-Frieh/H. Said",
]
ARABIC = [
    "غادر الجيش. ¦بقي المسلحون.",
    "من غادر؟ ¦الجيش! ¦حقا؟! ¦نعم.",
    "“غادرنا”، قال الوزير. ¦ثم نام.",
    "“هل غادر؟” قال الوزير. ¦ثم صمت.",
    "”هل غادر؟“ قال الوزير. ¦ثم صمت.",
    "«غادرنا.» قال الوزير. ¦ثم صمت.",
    "قال: «غادرنا.» ¦وأضاف أنه بخير.",
    "وسأل: “إلى أين؟” ¦وغادر المكان.",
    "شاهد فيلم “من أنت؟” في دمشق. ¦ثم نام.",
    "قال (هل تصدق؟) إنه غادر. ¦ثم نام.",
    "وقال: “لا نعرف شيئا. ¦سننتظر”. ¦وأضاف: “ربما”.",
    "وصفه بأنه «بطل “كبير”». ¦ثم نام.",
    'قال "نعم". ¦وقال "لا".',
    "قال د. أحمد إن أ. م. علي غادر. ¦ثم نام.",
    "قال أ.د. أحمد ود. سمير ذلك. ¦ثم ناما.",
    "العنوان ص. ب. 123 في دمشق. ¦والهاتف معطل.",
    "كتب أ. ب. يهوشع رواية. ¦وكتب جورج ر. ر. مارتن أخرى.",
    "كتب جورج آر. آر. مارتن رواية. ¦ثم نام.",
    "نقلت بي. بي. سي. الخبر. ¦ثم صمتت.",
    "نقلت د.ب.أ. الخبر. ¦نقلته أيضا د.ب.أ. ¦وقال المصدر ذلك.",
    "حدث ذلك سنة 453 م. ¦وكان عظيما.",
    "حدث ذلك سنة 600 هـ. ¦وكان عظيما.",
    "بلغ العدد ١٬٧٠٠ شخص و3.8 بالمئة و٣٫٨ مليون و1.700. ¦ثم زاد.",
    "مساحتها 1.002.000 كيلومتر بنسبة 7.8 % من المساحة. ¦وهي كبيرة.",
    "كان ذلك عام 2011. ¦وكان ذلك عام ٢٠١٢. ¦٣٠ قتيلا سقطوا.",
    "بلغت قوة الزلزال 5.8. ¦وقال المسؤول ذلك. ¦وفازوا ٣:٢. ¦ثم ناموا.",
    "لا أعرف... ربما غدا. ¦ثم صمت... ¦وأضاف أنه متعب.",
    "لا أعرف… ربما غدا… ¦“نعم”.",
    "زوروا www.sana.sy أو a.b@c.org. ¦ثم اتصلوا.",
    "1. النقطة الأولى. ¦٢. النقطة الثانية. ¦أ. النقطة الثالثة.",
    "غادر الجيش دمشق.¦ودخل المسلحون.¦بي.بي.سي قناة.",
    "هل تعلم؟¦نعم.",
    'كان الأشيع "Climax".¦يقول القاموس ذلك.',
    "عنوان بلا نقطة\n¦وفقرة أولى بلا نقطة\n\n¦وفقرة ثانية",
    "قصير؛ ثم تتمة قصيرة.",
    (
        "وصل وفد الأمم المتحدة إلى العاصمة دمشق صباح اليوم الخميس بعد رحلة طويلة استمرت عدة ساعات عبر الحدود"
        " اللبنانية السورية المشتركة؛ ¦وأكد رئيس الوفد في مؤتمر صحفي عقده مساء أن المحادثات مع الحكومة ستستمر أياما."
    ),
    (
        "وصل وفد الأمم المتحدة إلى العاصمة دمشق صباح اليوم الخميس بعد رحلة طويلة استمرت عدة ساعات عبر الحدود"
        " اللبنانية السورية المشتركة؛ ثم غادرها."
    ),
    (
        "وصلت قوات كبيرة (من الفرقة الأولى والفرقة الثانية والفرقة الثالثة والفرقة الرابعة والفرقة الخامسة"
        " ومن ألوية كثيرة متفرقة؛ ومن كتائب أخرى جاءت من مناطق مختلفة في شمال البلاد) أمس."
    ),
    "في نيسان/إبريل، وفي مايو/أيار. ¦ثم عاد.",
    "غَادَرَ الجَيْشُ. ¦ثُمَّ عَادَ؟ ¦نَعَم.",
    "قال المتحدث شون رايان: “ربما شنّ التحالف ضربات أمس”.\n¦وأضاف أنه تم رفع التقرير.",
    "قال Mr. Smith إن U.N. Women غادرت. ¦ثم عادت.",
    "غادر الجيش.\u200f ¦\u200fثم عاد.",
    "ترکی زبان ہے۔ ¦وہ گیا۔",
]


def pieces(text: str) -> list[str]:
    """Split a text and return the sentences' words."""
    return [text[start:end] for start, end in split_sentences(text)]


def assert_sound(text: str) -> None:
    """Fail unless the spans are in order, disjoint, trimmed and cover all that is not white space."""
    spans = split_sentences(text)
    covered = "".join(text[start:end] for start, end in spans)

    assert sorted(spans) == spans
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    assert all(text[start:end] and text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join(text.split()) == "".join(covered.split())


@pytest.mark.parametrize("marked", ENGLISH + ARABIC)
def test_ends_of_sentences(marked: str) -> None:
    """A text splits exactly where ¦ marks the seams."""
    expected = [part.strip() for part in marked.split("¦")]

    assert expected == pieces(marked.replace("¦", ""))


@pytest.mark.parametrize(
    ("text", "expected"), [("", []), (" \n\t ", []), (".", ["."]), ('"', ['"']), ("…\n\n…", ["…", "…"])]
)
def test_texts_without_words(text: str, expected: list[str]) -> None:
    """White space holds no sentence; marks alone are kept, since nothing may be lost."""
    assert expected == pieces(text)


def test_offsets_are_code_points() -> None:
    """Spans count code points, also after characters outside the Basic Multilingual Plane."""
    expected = [Span(0, 6), Span(7, 11)]

    assert expected == split_sentences("👍🏽 no. غَد؟")


def test_paragraph_breaks() -> None:
    """A line end or two tabs part paragraphs, spaces do not."""
    assert [is_paragraph_break(gap) for gap in (" \n", " \t \t", "  ", "\t")] == [True, True, False, False]


_ALPHABET = st.sampled_from(
    [
        *".!?…؟؛،,:;\"“”„‟«»‘’'()[]-–",
        *" \n\t\xa0\u200f\u200d�",
        *"aBو١٢3شم",
        "́",
        "َ",
        "👍🏽",
        "🇸🇾",
        "U.S. ",
        "Dr. ",
        "د. ",
        "وقال ",
        "he said ",
        "السلام ",
        "The ",
        "3.8",
        "a.m. ",
        "... ",
        ".\n",
    ]
)
mixed_text = st.lists(_ALPHABET, max_size=80).map("".join)


@given(mixed_text)
def test_nothing_is_lost_or_doubled(text: str) -> None:
    """Whatever the text, its sentences are disjoint, in order, trimmed and complete."""
    assert_sound(text)


@given(st.text(max_size=60))
def test_any_unicode_splits(text: str) -> None:
    """Any Unicode text splits without loss."""
    assert_sound(text)


def test_real_articles_split_soundly() -> None:
    """Every FA-KES article and ARCD paragraph splits without loss, and few sentences are scraps."""
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is absent: set ONRECORD_SHARED to the folder that holds data/")
    lines = (SHARED / "fakes_articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    arcd = json.loads((SHARED / "arcd.dev.json").read_text(encoding="utf-8"))["data"]
    texts += [paragraph["context"] for article in arcd for paragraph in article["paragraphs"]]
    for text in texts:
        assert_sound(text)
    sentences = [words for text in texts for words in pieces(text)]

    assert sum(len(re.findall(r"\w+", words)) < 3 for words in sentences) < 0.02 * len(sentences)


def test_seed_article_has_a_sentence_a_line_or_more() -> None:
    """The seed article's 14 lines hold 16 sentences, its quotations unbroken."""
    path = SHARED / "seed_article_ar.txt"
    if not path.exists():
        pytest.skip(f"{path} is absent: set ONRECORD_SHARED to the folder that holds data/")
    sentences = pieces(path.read_text(encoding="utf-8"))

    assert len(sentences) == 16
    assert "وتابع قائلا: “لا نملك معلومات أخرى حاليا”." in sentences


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        ".",
        ". ",
        '"',
        '" ',
        '".',
        "(",
        "\n",
        " ",
        "-\n",
        "U.S. ",
        "a.b.",
        "“a. ",
        "\t",
        "a,\n",
        "\u0301",
        "؛",
    ],
)
def test_hostile_texts_split_soundly(unit: str) -> None:
    """A hundred thousand repetitions of anything split without loss (in quadratic time this would take hours)."""
    assert_sound(unit * 100_000)
