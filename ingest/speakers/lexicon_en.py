"""English words that show who speaks: verbs, nouns for sources and offices, and what stands around them."""

from ingest.lexis import fold
from ingest.reporting import SAYING_EN, SOURCES_EN


def _set(*lists: str) -> frozenset[str]:
    return frozenset(fold(word) for words in lists for word in words.split())


QUOTING = _set("""
    continued continues asked asks recalled recalls repeated wrote writes explained explains called calls ordered""")
"""They report speech beside a quotation or before "that"; elsewhere they mean something else too often."""

COUNTING = _set("""
    counted counts documented documents recorded records measured measures tallied verified registered logged
    listed identified estimates estimated forecasts forecast predicts predicted expects expected reckons
    reckoned""")
"""They report a number that follows them."""

GIVING = _set(
    """
    put puts gave gives given raised raises lowered lowers cut placed places had giving putting placing setting
    citing updating revising revised"""
)
"""They report a number only with a word such as `TOLLS` near."""

TOLLS = _set("""
    toll tolls number figure figures count estimate estimates total turnout magnitude cost costs losses damage
    deaths dead bill""")

OBJECTING = _set("""
    accused accuses blamed blames denied denies condemned condemns urged urges pledged pledges vowed vows
    promised promises appealed warned warns criticised criticized rejected rejects disputes disputed dismissed
    described describes demanded threatened hailed welcomed praised""")
"""They report what somebody says of others or wants: of a known speaker only."""

NOUNS_TOO = _set("""
    claims notes states reports report counts records documents estimates measures places puts calls blames
    forecasts forecast says claim say warns""") - _set("says say")
"""Also nouns: verbs only where the speaker stands right before them and a clause after."""

VERBS = (
    _set(
        SAYING_EN,
        """
    say tell report reports specified detailed clarified underlined specifies
    announces alleged alleges suggested suggests maintained maintains revealed disclosed
    testified remarked commented reiterated asserted asserts confirms confirm claim believes believe insists
    argues replies acknowledges concedes conceded indicated cautioned recounted lamented joked agreed complained
    regretted quipped observed affirmed affirms reaffirmed emphasizes emphasises stresses mentioned informed
    mused proclaimed posted thinks published""",
    )
    | QUOTING
    | COUNTING
    | GIVING
    | OBJECTING
) - _set("""
    giving putting placing setting citing updating revising revised published cut""")
"""Finite verbs that may report."""

PLAIN = _set("said says say told tells added adds")
"""Verbs that hardly do anything but report: anybody may be their subject."""

PARTICIPLES = _set("""
    saying adding noting stating claiming telling reporting announcing warning explaining stressing confirming
    alleging insisting declaring arguing accusing blaming giving putting citing quoting updating revising
    acknowledging denying estimating asserting predicting describing calling urging indicating""")
"""Their subject is the sentence's."""

PASSIVE = _set("is are was were be been being it's get got")
NEGATING = _set("""
    not to did didnt didn't does do could would cannot can might may must should never neither without""")
"""Before a bare verb: nothing is said."""

OFTEN = _set("""
    also later then further earlier however repeatedly himself herself itself themselves had has have previously
    initially meanwhile separately again once just only immediately officially publicly recently already too
    since still promptly today yesterday tonight first now always""")

DAYS = _set("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu
    thur thurs fri sat sun""")

DAY_WORDS = _set(
    """
    late early morning afternoon evening night midday noon day week weekend month today yesterday tonight dawn"""
)

PRONOUNS = {"he": "m", "she": "f", "it": "it", "they": "they", "who": "rel", "which": "rel"}

DETERMINERS = _set("""
    the a an his her its their our my this that another one two three four five several some many most other
    these those both no each any all few every""")
OWNERS = _set("his her its their")

SOURCES = _set(
    SOURCES_EN,
    """
    observatory monitors watchdog watchdogs ngo ngos media press agencies television tv radio outlets outlet
    reporter reporters correspondent correspondents journalist journalists news authorities authority government
    army military police forces force coalition opposition rebels rebel command commanders officer officers
    troops ministries committee committees council commission commissions centre center institute bureau office
    department directorate union unions federation association syndicate charity organisations organizations
    networks company companies firm firms bank hospital hospitals doctors medics medic paramedics rescuers
    survivors survivor locals villagers people relatives families refugees evacuees militants jihadists analysts
    analyst experts expert observers observer diplomats diplomat lawmakers lawmaker lawyers aides envoys
    inspectors investigators prosecutors prosecutor eyewitnesses eyewitness sources workers worker volunteers
    volunteer staff engineers teachers brigade brigades alliance bloc faction factions party administration
    service embassy inquiry panel mission court tribunal municipality regime state unit units letter document
    documents study survey poll video footage neighbours neighbors organisers organizers supporters critics
    farmers fishermen traders shopkeepers employees passengers pilots shopkeeper farmer fisherman shepherd baker
    nurse nurses driver importer man woman student teacher priest imam figure figures wing arm branch body
    bodies team collective society league board chamber guard operator club museum university school fund
    programme program squad front campaign person nobody anyone colleague""",
)
"""Heads of phrases that may speak."""

INDIVIDUALS = _set("""
    source sources officials activists residents reporters correspondents troops fighters militants members
    staff doctors medics workers volunteers lawmakers diplomats aides inspectors observers investigators
    analysts witnesses""")
"""At a phrase's end they describe people, whatever body they belong to."""

CROWDS = INDIVIDUALS | _set("""
    people forces rebels families relatives locals villagers refugees civilians patients""")
"""Right before a name in capitals they belong to the words before: "killed 20 people | SANA said"."""

OFFICES = _set("""
    director head chief leader spokesman spokeswoman spokesperson president chairman chairwoman chair secretary
    minister governor mayor ambassador envoy coordinator commander manager boss deputy founder representative
    commissioner official officer general colonel major captain lieutenant brigadier sergeant admiral marshal dr
    doctor professor prof sheikh king prince queen premier chancellor judge engineer mr mrs ms senator delegate
    member activist lawyer editor economist analyst expert adviser advisor correspondent reporter journalist
    resident witness surgeon nurse prosecutor inspector negotiator rapporteur executive director-general
    secretary-general investigator researcher historian archaeologist chaplain bishop imam patriarch pope master
    harbourmaster carpenter teacher schoolteacher shepherd farmer fisherman shopkeeper owner head-teacher
    headmaster importer candidate general-secretary emir aide counterpart clerk lt col maj capt gen brig sgt cpl
    adm hon rev fr father sir lord lady ayatollah mullah hajji vice-president undersecretary superintendent
    supervisor trader baker coach pilot""")
"""Offices and trades that stand beside a person's name."""

HEADING = _set("""
    director head chief leader spokesman spokeswoman spokesperson president chairman chairwoman chair secretary
    minister governor mayor coordinator commander founder representative commissioner executive director-general
    manager secretary-general general-secretary boss deputy delegate envoy ambassador heads leads runs directs
    chairs commands""")
"""Who holds such an office speaks for the body."""

TITLES = _set("""
    dr mr mrs ms prof professor general colonel major captain lieutenant brigadier sergeant admiral sheikh
    president minister mayor governor ambassador judge king prince lt col maj capt gen brig sgt sir lord senator
    secretary pope imam marshal doctor sayyed ayatollah reverend father chancellor""")
"""Written before a name, in capitals too, and no part of it."""

MODIFIERS = _set("""
    undisclosed unidentified unspecified knowledgeable preliminary unconfirmed unverified various numerous multiple
    latest
    northern southern eastern western northeastern northwestern southeastern southwestern local senior junior
    former top chief medical military security human rights opposition rebel state official news monitoring
    government humanitarian civil defence defense emergency international national public health foreign
    interior prime deputy vice general assistant regional provincial city district police army air force
    intelligence rescue aid relief armed unnamed anonymous independent same separate war conflict activist
    jihadist media volunteer pro-opposition field informed well-informed reliable diplomatic political
    governmental parliamentary judicial hospital private semi-official activist's another main biggest largest
    leading loyalist resident foreign-policy economic finance labour labor trade transport education energy
    water agriculture culture justice weather meteorological statistics central coast fire electoral election
    border customs union port town village municipal company company's executive communications press research
    monitor network spokesman opposition-linked anti-government terrorist extremist militant islamist militia
    tribal religious community camp industry oil gas mining traffic rail railway airport airline aviation power
    electricity satellite new old young elderly joint special supreme high presidential royal federal
    senior-level global environmental medical-aid legal lead antiquities archaeological textile housing workers'
    doctors' nurses' nonprofit nongovernmental non-governmental charitable mobile visiting own whole""")

HEADLINE_ENDS = _set("""
    monitor monitors ngo watchdog activists official officials reports report media ministry police sources
    source rescuers medics residents tv television observatory opposition""")
"""At a headline's end they say who says it, though the colon before them is lost."""

PREPOSITIONS = _set("""
    of for at in from with to by on near inside under against between among within across behind""")
LINKS = _set("""
    of for on and the without de la del al bin ibn abu van von el di du ben sans &""")
"""Small words inside names."""

BODY_WORDS = _set(
    """
    observatory ministry agency centre center council commission committee committees organisation organization
    union nations front army forces authority office bureau network group bank university hospital league party
    movement coalition service services institute court association federation watch fund programme program
    cross crescent society guard brigade brigades command department television tv radio news press media times
    post house government police republic parliament church syndicate chamber corps helmets borders board club
    railways airlines steel lines company coast defence defense protection relief doctors action alliance
    observers emirates kingdom directorate administration division battalion team mission embassy ltd inc forum
    foundation campaign companies municipality caravan initiative bloc panel dispatch medical electric
    electricity coal"""
)
"""In capitals inside a name: it is a body, not a person."""

RELAYS = _set(
    """
    agency news media television tv radio press newspaper daily channel reporter correspondent website outlet"""
)
"""Words that show a body that passes on what others say."""

ADDRESSEES = _set("""
    reporters journalists parliament lawmakers us them him her me people the a an council conference security un
    members news agency press television radio state channel newspaper service reporter correspondent nations
    assembly""")

RESPONSIBILITY = _set("responsibility lives life victory credit")
"""What is claimed without a word being said."""

CLAUSES = _set(
    """
    while but whereas although though however because after before when where since as if and which that who"""
)
BREAKS = _set("while but whereas although though")
"""They begin a clause that an attribution at the sentence's end is about, and one before it is not."""

PROGRESSIVE = _set(
    """
    demanding asking seeking predicting forecasting expecting claiming saying telling warning reporting
    estimating"""
)
"""After "is" or "are" they are verbs of their own subject."""

QUALIFYING = _set(
    """
    familiar close involved briefed working speaking based travelling traveling living reached contacted present
    quoted"""
)
"""They go on with what sort of source it is: "a person familiar with the talks"."""

NAME_PARTICLES = _set("al el bin ibn abu abd de van von ben umm del la di du")

COMMON = (
    PREPOSITIONS
    | CLAUSES
    | DETERMINERS
    | frozenset(PRONOUNS)
    | OFTEN
    | _set("""
    but and or so there just even as like elsewhere afterwards additional hundreds thousands dozens according
    speaking asked tags at here how what why yes no suicide nearly about around some under over initial
    reporting editing writing photo file read more also related source three six seven eight nine ten eleven
    twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred""")
)
"""Words that begin sentences or notes; their capital makes no name."""

TRAILING = _set("""
    without referring describing speaking amid despite following according due tags""")
"""After a verb at its statement's end: they say more about the saying."""
FINITE = _set("""
    is are was were has have had will would could said says killed died can may might must did does do came went
    took hit struck left fell rose began put made found""")
DIRECTIVES = _set("according")

NUMBERS = _set("""
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    dozens scores dozen half""")

OCCASIONS = _set("""
    statement statements report tweet interview briefing conference phone telephone email e-mail video message
    letter post speech television anonymity update radio facebook twitter telegram website""")
"""Where and how something is said: "in a statement", "by phone"."""

INVERTING = PLAIN | _set("""
    reported reports wrote explained announced tweeted replied confirmed stated noted warned commented argued
    predicted recalled asked continued insisted acknowledged""")
"""Verbs that may stand before their subject."""

SCOPES = _set("that which who where")
"""They begin a clause inside a statement."""

PREFIXED = ("al-", "el-", "ad-", "as-", "an-", "ar-", "ash-", "at-", "az-", "ed-", "es-")
"""Beginnings of names that are no capitals."""

MADE = tuple(
    f"-{word}"
    for word in sorted(
        _set("""
            based run led backed linked owned affiliated affiliate funded allied held controlled aligned opposition
            government regime profit state rights wing""")
    )
)
"""Ends of words that say what sort of body it is: "Britain-based"."""

MONITORS = _set("monitor monitors monitoring watchdog ngo observatory")
"""They describe a body that counts victims."""

MONITOR_NAMES = _set("""
    observatory monitor monitoring watch rights network committees مرصد شبكة حقوق""")
"""Words in the names of such bodies."""

GENERIC = _set("""
    group groups organisation organization agency company firm body charity union service network monitor
    watchdog ngo authority ministry office institute committee commission council league society syndicate
    federation association party bank bureau centre center club operator channel newspaper observatory army
    military police government coalition""")
"""Nouns that stand for a body named elsewhere."""

OF_A_KIND = _set("army military police government coalition ministry bank union party council")
"""Those of them that say what sort of body it is: no other sort is meant, whoever spoke last."""

ADJOINING = _set("on in at by from to during via through after over late")
"""They begin a phrase of time, place or occasion between a verb and what is said."""

DAY_PARTS = _set("morning afternoon evening night")

ISSUED = _set("report statement letter survey study communique release bulletin estimate estimates figures")
"""What a speaker issues: "a report from the coast guard" is the coast guard's."""

SPEECH_PERSONS = _set("i we you")
"""Who speaks in a quotation: its speaker is told elsewhere."""

HOLDING = PREPOSITIONS | _set("""
    heads leads runs directs chairs monitors tracks has uses is represents coordinates owns commands called including
    named advocates supports opposes backs covers""")
"""Right before a phrase they show that it is an object."""

COUNTS = _set("toll tolls count counts tally tallies data statistics numbers")
"""What a speaker counts: "a new toll from the ministry" is the ministry's, and nobody's where it stands alone."""

NEWS = _set("""
    new newest updated fresh latest preliminary official initial revised provisional first final recent daily separate
    earlier unconfirmed later second death casualty written joint short brief detailed previous""")
"""What is said of it."""

PUBLISHED = _set("issued released published compiled given provided announced made put collected gathered")
"""How it is told: "a toll issued by the ministry"."""
