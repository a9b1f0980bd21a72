"""Reports that the tests of copies share, as a wire would carry them, in both languages."""

LEAD = "A passenger ferry with 214 people on board ran aground off the port of Zahriya late on Tuesday, officials said."
RESCUE = "Coast guard boats took 187 passengers ashore before dawn, and twenty-six others were treated for the cold."
CAPTAIN = "The captain told investigators that the steering had failed about forty minutes after the ship left harbour."
OWNER = "The owner, Meridian Lines, said the vessel had passed its yearly inspection in March and carried enough rafts."
UNION = (
    "A seamen's union has asked for years that the company replace its oldest ships, three of which are still in use."
)
HARBOUR = (
    "Traffic through the strait was halted until noon, when tugs pulled the hull clear of the sandbank at high tide."
)

FERRY = f"{LEAD} {RESCUE} {CAPTAIN} {OWNER} {UNION} {HARBOUR}"
"""A report of 110 words."""

FERRY_AR = (
    "قُتل ثمانيةٌ وعشرون مدنيّاً وأُصيب 41 آخرون في قصفٍ استهدف سوقاً شعبيّاً شماليَّ مدينة الزهرية صباح الأحد، بحسب ما "
    "أفاد به مصدرٌ طبّيٌّ في المشفى الوطنيّ. وقال المصدر إنّ بين القتلى ستّة أطفال، وإنّ عدداً من المصابين في حالةٍ حرجة. "
    "وكانت المدينة قد شهدت هدوءاً حذراً منذ إعلان الهدنة بين الطرفين قبل أسبوعين برعايةٍ دوليّة."
)
"""A report of an air strike, written with tashkeel."""

STORIES = (
    (
        "The city council of Qasra voted on Monday to close the old tannery quarter to lorries, ending a "
        "dispute that has run for eleven years between residents and haulage firms."
    ),
    (
        "Olive growers in the northern hills expect their poorest harvest in a decade after a spring frost, "
        "the farmers' federation said, and have asked the ministry to postpone the repayment of loans."
    ),
    (
        "A retired teacher from Marsa has given the national library 1,300 letters by the poet Salim Haddad, "
        "most of them unpublished, which scholars thought had burned in the fire of the university archive."
    ),
    (
        "Engineers reopened the coastal railway on Friday, two days earlier than planned, once the last of "
        "the boulders that fell in the storm had been blasted and carried away by night."
    ),
    (
        "Pupils at four schools in the harbour district will be taught in tents until winter, the education "
        "office said, because inspectors found cracks in the ceilings of their classrooms."
    ),
)
"""Unrelated reports of a sentence or two."""

FOOTER = (
    "Sign up for our morning letter and never miss what matters in the region. Follow the newsroom on "
    "every channel for pictures, videos and the stories behind the headlines. Our reporters work in "
    "nineteen countries and depend on readers like you for their independence. Read our guidelines "
    "before you comment below the line. All rights reserved, no part of this page may be copied without "
    "the written consent of the publisher. Contact the editors, advertise with us, or apply for a place "
    "in our school of journalism. Privacy settings, terms of use and the imprint are found on this page."
)
"""What a site prints under every story: longer than the stories themselves."""
