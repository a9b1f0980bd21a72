"""Whom a question asks the words of, however it says so; and who in it is no speaker."""

import pytest

from qa.asked_speaker import asked_speaker

PHRASINGS = """
    How many died, according to the Fire Service? | the Fire Service
    As per the Fire Service, how many died? | the Fire Service
    Per the Fire Service, how many died? | the Fire Service
    How many died as per the health ministry? | the health ministry
    How many died, per the Fire Service? | the Fire Service
    How many died, SANA said, citing a medical source? | SANA
    Was it reported by the Observatory that 54 people died? | the Observatory
    Has it been announced by the ministry how many died? | the ministry
    How many were reported killed by the Observatory? | -
    How many people were killed by the army? | -
    How many deaths were reported by the Observatory? | the Observatory
    How many people does Vigil say were killed? | Vigil
    54 people died, the Observatory said, didn't it? | the Observatory
    The Observatory said how many civilians were killed? | The Observatory
    The ministry reported 12 deaths, didn't it? | The ministry
    Vigil counted 15 dead, right? | Vigil
    How many were killed, in the Observatory's telling? | the Observatory
    By the Observatory's count, how many were killed? | the Observatory
    Going by what the Observatory said, how many died? | the Observatory
    According to what the ministry announced, how many died? | the ministry
    According to figures from the ministry, how many died? | the ministry
    Based on the ministry's figures, how many died? | the ministry
    Based on figures from the Fire Service, how many died? | the Fire Service
    Citing the Observatory, how many people died? | the Observatory
    Which toll was attributed to the health ministry? | the health ministry
    What figure is attributed to Vigil? | Vigil
    How many, Vigil says, were killed? | Vigil
    How many people, according to a spokesman for the Fire Service, were killed? | a spokesman for the Fire Service
    What was the toll given by Vigil? | Vigil
    From Vigil's figures, how many died? | Vigil
    Quoting the interior ministry, how many died? | the interior ministry
    How many people did Vigil report were killed? | Vigil
    How many people died, if the Fire Service is to be believed? | the Fire Service
    How many people died, if we believe the Fire Service? | the Fire Service
    In the Fire Service's version, how many people died? | the Fire Service
    On the Observatory's figures, how many civilians died? | the Observatory
    How many deaths has the ministry acknowledged? | the ministry
    What toll was announced by the Fire Service? | the Fire Service
    Was the ministry quoted as saying 12 died? | the ministry
    Is it true that the ministry said 12 people died? | the ministry
    It was stated by the coast guard that how many drowned? | the coast guard
    How many were killed in the words of the minister? | the minister
    What death toll did the Fire Service put out? | the Fire Service
    ما الحصيلة المنسوبة إلى وزارة الصحة؟ | وزارة الصحة
    ما الحصيلة التي نُسبت إلى دائرة الإطفاء؟ | دائرة الإطفاء
    كم قتل بحسب دائرة الإطفاء؟ | دائرة الإطفاء
    كم قتل حسب المرصد؟ | المرصد
    كم شخصاً قُتل على حد قول المرصد؟ | المرصد
    كم شخصاً قُتل وفق ما أعلنته الوزارة؟ | الوزارة
    كم شخصاً قُتل كما ذكر المرصد؟ | المرصد
    كم شخصاً قُتل كما أفادت الوزارة؟ | الوزارة
    بحسب المرصد، كم مدنياً قُتل؟ | المرصد
    وفقاً للمرصد كم مدنياً قُتل؟ | المرصد
    استناداً إلى أرقام المرصد، كم مدنياً قُتل؟ | المرصد
    نقلاً عن المرصد، كم مدنياً قُتل؟ | المرصد
    هل ذُكر عن المرصد أن 54 قُتلوا؟ | المرصد
    هل أُعلن من قبل الوزارة أن 12 قُتلوا؟ | الوزارة
    قال المرصد إن 54 قُتلوا، أليس كذلك؟ | المرصد
    أعلنت الوزارة مقتل 12، صحيح؟ | الوزارة
    كم مدنياً قُتل، بحسب ما نُقل عن المرصد؟ | المرصد
    كم مدنياً قُتل بحسب ما نقلته رويترز عن المرصد؟ | المرصد
    كم عدد القتلى الذي أعلنه المرصد؟ | المرصد
    كم عدد القتلى المعلن من جانب الوزارة؟ | الوزارة
    كم عدد القتلى في رواية المرصد؟ | المرصد
    طبقاً لفيجيل، كم شخصاً قُتل؟ | فيجيل
    كم شخصاً قُتل من وجهة نظر الوزارة؟ | الوزارة
    كم شخصاً قُتل بناءً على أرقام الوزارة؟ | الوزارة
    كم شخصاً قُتل إذا صدقنا الوزارة؟ | الوزارة
    ما الرقم الذي ذكره المرصد؟ | المرصد
    ما الرقم المنقول عن المرصد؟ | المرصد
    كم شخصاً يقول المرصد إنهم قُتلوا؟ | المرصد
    كم قتيلاً بحسب بيان صادر عن الوزارة؟ | الوزارة
    كم شخصاً قُتل على لسان المرصد؟ | المرصد
    كم شخصاً قُتل بشهادة الوزارة؟ | الوزارة
    ما نسبة القتلى المدنيين بحسب المرصد؟ | المرصد
    كم قُتل على يد الجيش؟ | -
"""

NOBODY = """
    How many deaths were attributed to the storm?
    What death toll is attributed to the cholera outbreak?
    What number of deaths was attributed to Hurricane Katrina?
    How many deaths were attributed to Israeli strikes?
    How many people per square kilometre live in Cairo?
    How many people were evacuated from Aleppo's eastern districts?
    How many tonnes per day, per the new contract, were delivered?
    What share of GDP comes from Egypt's exports?
    How many pupils moved from Sahra's schools?
    What was the army's loss from Monday's report?
    How many people were fined based on the new law?
    How many were hurt in Sunday's count?
    How many soldiers were killed if the war is to be stopped?
    كم وفاة نُسبت إلى البرد؟
    كم شخصاً نُقل إلى مستشفى المدينة؟
    كم جريحاً نُقلوا عن طريق البحر؟
    كم معتقلاً على ذمة القضية؟
    كم محتجزاً على ذمة التحقيق؟
    كم شخصاً نُقل من المركز؟
    كم شخصاً قُتل في رواية نجيب محفوظ؟
    كم مسكناً بناءً على قرار الوزارة أُخلي؟
    كم هجوماً نُسب إلى حركة الشباب؟
    كم هجوماً نُسب إلى تنظيم داعش؟
    كم غارة نُسبت إلى التحالف؟
    How many attacks were attributed to the group?
    How many strikes were attributed to the coalition?
    How many killings were attributed to the army?
"""


@pytest.mark.parametrize("row", PHRASINGS.strip().splitlines())
def test_the_asked_speaker_is_read(row: str) -> None:
    """After a preposition, in the passive, in a tag question, by what is theirs: in both languages."""
    question, speaker = (cell.strip() for cell in row.split("|"))

    assert (None if speaker == "-" else speaker) == asked_speaker(question)


@pytest.mark.parametrize("question", NOBODY.strip().splitlines())
def test_who_did_it_or_where_is_no_speaker(question: str) -> None:
    """Attacks are attributed to who carried them out, deaths to a storm; a day and a place own what nobody says."""
    assert asked_speaker(question.strip()) is None
