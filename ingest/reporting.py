"""Verbs that report what somebody says, and nouns for who is left unnamed, as they are spelled: one list for all."""

SAYING_AR = """
    قال قالت قالوا يقول تقول يقولون أضاف أضافت أضافوا يضيف تضيف تابع تابعت تابعوا يتابع تتابع أوضح أوضحت أوضحوا يوضح
    توضح أشار أشارت أشاروا يشير تشير لفت لفتت لفتوا يلفت تلفت ذكر ذكرت ذكروا يذكر تذكر أكد أكدت أكدوا يؤكد تؤكد صرح
    صرحت صرحوا أعلن أعلنت أعلنوا شدد شددت شددوا أفاد أفادت أفادوا كشف كشفت كشفوا نوه نوهت نبه نبهت حذر حذرت حذروا رأى
    رأت رأوا يرى ترى اعتبر اعتبرت اعتبروا تساءل تساءلت سأل سألت رد ردت ردوا أجاب أجابت علق علقت استطرد استطردت أردف
    أردفت استدرك استدركت ختم ختمت اختتم اختتمت واصل واصلت زاد زادت مضى مضت أعرب أعربت روى روت كتب كتبت اتهم اتهمت دعا
    دعت دعوا طالب طالبت توقع توقعت"""
SOURCES_AR = """
    المصدر المصادر البيان المتحدث المتحدثة الناطق المسؤول المسؤولة المسؤولون التقرير الوكالة الصحيفة القناة المنظمة
    الجماعة الشاهد الشهود الوزير الوزارة الهيئة اللجنة القيادي القائد الناشط الناشطون"""
SAYING_EN = """
    said says added adds told tells noted notes explained explains stated states stressed continued claimed reported
    confirmed announced warned asked replied answered wrote tweeted argued insisted recalled described emphasized
    emphasised concluded accused denied declared urged acknowledged admitted estimated blamed condemned vowed pledged"""
SOURCES_EN = """
    statement report reports group groups official officials spokesman spokeswoman spokesperson source sources
    organisation organization monitor agency ministry minister network newspaper witness witnesses resident residents
    commander doctor activist activists channel website"""
