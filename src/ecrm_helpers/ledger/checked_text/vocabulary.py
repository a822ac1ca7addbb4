"""How texts name statistics, degrees of freedom and p, in French and English.

Regular expressions over plain text (see `plain`).
"""

from ecrm_helpers.ledger.checked_text.numerals import NUMBER, SMALL


def either(*ways: str) -> str:
    """Match any of these."""
    return f"(?:{'|'.join(ways)})"


#: Each statistic by its names; the key is what is reported for programs.
STATISTICS = {
    "chi2": either(
        r"[ΔD]?[χΧ]\s?(?:\^?\{?2\}?)?(?:_?\{?[Fr]\}?(?=\s?[(=]))?",
        r"[ΔD]?[Xx]\s?\^?\{?2\}?",
        r"[CcKk][Hh][Ii][ -]?(?:\^?\{?2\}?|(?i:deux|carr[ée]e?|squared?))",
        r"X-squared",
        r"H",
        r"G\^?\{?2\}?",
        r"Q(?:_?\{?(?:[bw]|[Bb]etween|[Ww]ithin|[MEB])\}?)?",
    ),
    "rho": r"(?:ρ|[Rr]ho|r_?\{?s\}?(?![a-z])|Spearman(?:'s (?:rho|r))?)",
    "tau": r"(?:(?:Kendall's )?(?:τ|[Tt]au)(?:[-_]?\{?[bc]\}?)?|Kendall)",
    "t": r"\|?[tT]\|?",
    "F": r"[ΔD]?F",
    "r": either(
        r"r",
        r"R(?= de (?:Bravais-)?Pearson)",
        r"[Cc]orr[ée]lation(?= de (?:Bravais-)?Pearson)",
        r"Pearson [Cc]orrelation",
    ),
    "z": r"(?:[zZ]|C\.R\.)",
    "U": "U",
    "W": "W",
}
#: Letters that stand for much else: named as not read only beside degrees or p.
WEAK = ("H", "Q", "U", "W", "X", "x", "G", "χ")

#: What may follow the letter: of which test, and of which kind.
WHOSE = (
    r"(?:[- ](?:value|ratio|statistics?|stat|test|score|valeur|obs\w*|calculée?|change)"
    r"|_?\{[A-Za-z][\w-]*\}|_[A-Za-z]\w*)?"
    r"(?:\s(?:de |d')(?:la |l')?[A-ZÉ][\w-]+)?"
    r"(?:\s(?:r|partiel(?:le)?|partial|asymptotique|approximée?|corrigée?|ajustée?|observée?|calculée?))?"
)
_BE = r"(?:est|était|is|was|were|vaut|valait|étant|reste|demeure|donne|equals)"
_EQUAL = r"(?:de\s|of\s|égale?s?\sà\s|equal\sto\s)?"
_BELOW = either(
    r"(?:strictement\s)?inf[ée]rieure?s?\s(?:ou\ségale?s?\s)?(?:à|au\sseuil\sde)",
    r"(?:less|smaller|lower)\sthan(?:\sor\sequal\sto)?",
    "below",
    "under",
)
_ABOVE = either(
    r"(?:strictement\s)?sup[ée]rieure?s?\s(?:ou\ségale?s?\s)?(?:à|au\sseuil\sde)",
    r"(?:greater|more|larger|higher)\sthan(?:\sor\sequal\sto)?",
    "above",
)
#: What stands between a name and its number.
RELATION = either(
    rf"(?:\s{_BE})?\s(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE}))\s",
    r"\s?[:=]?\s?(?P<sign>[=<>≤≥:])\s?",
    rf"\s{_BE}\s{_EQUAL}",
    r"\s(?:de|of)\s",
)

_KIND = either(
    r"\s?\([^()]{0,30}\)",
    r"[ -](?:bilat|unilat|exact|asympt|ajust|corrig|adjust|correct|one-|two-|1-|2-"
    r"|associ|empiri|critique|Monte|statisti)[\w-]*(?:[ -](?:tailed|sided|Carlo))?",
)
_OF_P = either(
    r"[A-Z][a-z][\w-]+",
    r"(?:bilat|unilat|one|two|adj|aju|corr|exact|perm|holm|fdr|boot|bonf|tukey)[\w-]*",
)
#: The names of a p, and what they may add.
P_LABEL = (
    either(
        r"Pr\s?\([^()]{1,12}\)",
        r"[pP](?:rob)?\s?>\s?(?:\|[tz]\||F|chi2)",
        rf"[pP](?:_?\{{?{_OF_P}\}}?)?(?:[- .]?(?i:val(?:ue|eur)?s?))?",
        "ps",
        r"[vV]al(?:eur|ue)s?[- ](?:de )?p",
        r"(?i:(?:(?:asym\w*|exact\w*)\.? )?sig(?:\.|nif\.?|nification|nificance)?)",
        r"[pP]robabilit[éy]",
    )
    + rf"(?:{_KIND})*"
)
P = (
    rf"(?<![\w.^\\{{])(?P<label>{P_LABEL}){RELATION}(?P<p>-?\s?{SMALL})(?P<percent>\s?%)?"
    rf"(?:\s?[<>≤≥]\s?(?:α|alpha|{SMALL})(?:\s?%)?)?"
)
BETWEEN = (
    rf"(?P<low>{SMALL})\s?(?P<low_sign>[<≤>≥])\s?[pP](?!\w)"
    rf"(?:\s?(?P<high_sign>[<≤>≥])\s?(?P<high>{SMALL}))?"
)
#: "at the 5 % level".
_AT = (
    r"\s(?:au|à|at)\s(?:un |le |the |a )?(?:seuil |niveau |level )?(?:de |of )?"
    rf"(?P<p>{SMALL})(?P<percent>\s?%)?"
)
NS = either(
    r"(?<=[,;:(\] =])(?:[nN]\.\s?[sS]\.?|NS|ns)(?!\w|\.\w|\s?[=<>])",
    r"(?P<said>(?<!\w)(?:(?:non|pas|not)[ -](?:(?:statisti\w+|été|been|found to be) )?"
    r"|(?:[Aa]ucune?|[Ss]ans|[Nn]o) (?:[a-zà-ÿ]+ ){0,3})signific\w+|nonsignificant)"
    rf"(?:{_AT})?",
)
LEVEL = rf"(?<!\w)signific?at?i?\w+{_AT}"
SIGNIFICANT = r"(?<!\w)signific(?:ati(?:f|ve)s?|ativement|ant|antly)(?!\w)"

_WHOLE = r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
_ENDS = r"(?=\s?(?:[.,;)\]]|$|p\b|et |avec |with ))(?!\s?%)"
_AND = r"\s?(?:et|and|;|,|/)\s?"
_DF = either(
    r"d\.?\s?d\.?\s?l\.?", r"DDL", r"d\.?[fl]\.?", r"DF", r"degrés? de libertés?",
    r"degrees? of freedom",
)  # fmt: skip
#: "ddl = 2 et 147", "df1: 1", "num df = 1".
DF = (
    rf"(?<![\w/])(?:(?:num|denom)\w*\.?\s)?{_DF}\s?(?P<nth>[12])?\s?(?:[=:]|\sde\s)?\s?\(?"
    rf"(?P<df>{_WHOLE}(?:{_AND}{_WHOLE}{_ENDS})?)(?![.,]?\d)"
)
#: "28 degrés de liberté", "on 1 and 71 DF".
DF_BEHIND = rf"(?<![\w.,/])(?P<df>{_WHOLE}(?:{_AND}{_WHOLE})?)\s{_DF}(?![\w=:]|\s?[=:])"
N = r"(?<!\w)[nN]\s?[=:]\s?(?P<n>\d{1,3}(?:[ ,]\d{3})+(?!\d)|\d+)(?![.,]?\d)"
#: An effect size whose "p" is no p: "η2 p = .09".
EFFECT = (
    r"(?:[ηωε]|\b(?:eta|omega|epsilon))[\^_{}²2p ]{0,12}(?:partielle?|partial)?"
    rf"\s?p?\s?[=:]\s?{NUMBER}"
)
#: The end of a sentence, and no abbreviation.
STOP = (
    r"(?<!\b[A-Za-z])(?<!\b(?:cf|vs|al|ch|nb|ex))(?<!(?i:sig|adj|tab|fig|etc|env|vol))"
    r"(?<!\bchap)(?<!\bresp)[.!?]\)?\s+(?=[\"«(]?\s?[A-ZÀ-Ý])"
)
_INSIDE = r"\s?_?(?:\(|\[|\{\(?)(?P<inside>[^()\[\]{}]{1,45})(?:\)\}|\)|\]|\})"
#: A lowered number whose mark is lost, as PDFs give it: "t28 =", "t 28 =", "F 1,71 =".
_BELOW_LINE = (
    r"\s?(?P<sub>(?:(?<=[tFT])|(?<=[tFT] ))\d{2,3}(?=\s?[=<>])"
    r"|(?:(?<=F)|(?<=F ))\d{1,2}[,;]\s?\d+(?=\s?[=<>]))"
)
STATISTIC = (
    r"(?<![\w.\\'^])(?:"
    + "|".join(f"(?P<{test}>{names})" for test, names in STATISTICS.items())
    + rf")(?![a-zA-Z])(?:{_BELOW_LINE}|{WHOSE}(?:{_INSIDE})?)"
    + either(r"\s?[:=]?\s?(?P<sign>[=<>≤≥:])\s?", rf"\s(?:{_BE}\s)?{_EQUAL}(?=[-.,\d])")
    + rf"(?P<value>{NUMBER})"
)
