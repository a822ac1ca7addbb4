"""What the headings and row labels of tables of results name, in French and English."""

import re

from ecrm_helpers.ledger.checked_text.vocabulary import P_LABEL, STATISTICS

#: Letters alone; "R" and "f" are not among them: multiple R, frequencies.
_LETTERS = {
    **dict.fromkeys(("p", "P"), "p"),
    **dict.fromkeys(("n", "N"), "n"),
    **dict.fromkeys(("t", "T"), "t"),
    **dict.fromkeys(("z", "Z"), "z"),
    **dict.fromkeys(("H", "Q", "χ"), "chi2"),
    **{letter: letter for letter in "rFUW"},
    "ρ": "rho",
    "τ": "tau",
}
_CHI = r"(?:khi|chi)[ -]?(?:deux|carr[ée]e?|2|\^\{2\}|squared?)"
_DF = r"(?:ddl|df|dl|dof)"
#: The first that fits a whole heading.
_HEADINGS = (
    ("p", rf"{P_LABEL}(?: (?i:(?:de )?(?:la )?variation (?:de )?F|F change|de \w+))?"),
    ("p", r"prob\.|(?:pr?|prob) ?> ?\|?\w+2?\|?|p ?crit\w*|p[-_ ](?:unc|corr|val\w*)"),
    ("df1", rf"{_DF} ?_?\{{?1\}}?|(?:{_DF} )?num\w*\.?(?: d\.?f\.?)?"),
    ("df1", rf"{_DF} (?:inter|between|mod[èe]le?|effe[ck]t|hypoth)\w*"),
    ("df2", rf"{_DF} ?_?\{{?2\}}?|(?:{_DF} )?d[eé]n\w*\.?(?: d\.?f\.?)?"),
    ("df2", rf"{_DF} (?:intra\w*|within|r[ée]sid\w*|erreur|error)"),
    ("df", r"d\.?d\.?l\.?|d\.?[fl]\.?|dof|degrés? de libertés?|degrees? of freedom"),
    ("n", r"nombre d'observations(?: valides)?|n of valid cases|n valide"),
    (
        "F",
        r"(?:variation de )?F(?:[ -](?:change|ratio|value|statistic)| de .*| fisher)?",
    ),
    ("F", r"statistiques? de levene|levene(?:'s)? statistics?"),
    ("F", r"(?:valeur|rapport|ratio|test|statistique) (?:de )?F"),
    ("r", r"corr[ée]lation de (?:bravais-)?pearson|pearson(?:'s)? (?:correlation|r)"),
    ("r", r"r de (?:bravais-)?pearson|coefficients? de corr[ée]lation|correlation"),
    (
        "t",
        r"\|?t\|?[ -](?:value|stat\w*|ratio|test|student)|t de .*|valeurs? (?:de )?t",
    ),
    ("t", r"(?:statistiques?|tests?) t(?: .*)?|t statistics? .*|tests? de student.*"),
    ("t", r"(?:student|welch)(?:'s)? t(?:[ -]test)?"),
    ("F", r"(?:welch|fisher)(?:'s)? F"),
    ("z", r"z[ -](?:score|value)|c\.r\.|valeur (?:de )?z"),
    ("chi2", rf"{STATISTICS['chi2']}|{_CHI}.*|.* {_CHI}|wald"),
    (
        "chi2",
        r"(?:test |h )?(?:de )?kruskal.*|rapport de vraisemblance|likelihood ratio",
    ),
    ("chi2", r"(?:association )?linéaire par linéaire|linear-by-linear.*"),
    ("chi2", r"(?:correction pour la |correction pour )?continuit.*"),
    ("rho", r"rh[oô].*|spearman.*"),
    ("tau", r"tau.*|kendall.*"),
    ("U", r"u (?:de )?mann.*|mann-whitney u"),
    ("W", r"w (?:de )?wilcoxon|wilcoxon w"),
    ("value", r"valeurs?|value|statisti(?:que|c)s?"),
)
_COMPILED = [
    (key, re.compile(form, 0 if form is _HEADINGS[0][1] else re.IGNORECASE))
    for key, form in _HEADINGS
]
_WITH_DF = re.compile(r"([tTrFχΧ])(?:\^?\{?2\}?)?\s?\([^()]*\d[^()]*\)")
_FOOTNOTE = re.compile(r"(?<![kKcC]hi)(?<!X)\s?(?:\^\{[^{}]*\}|\([a-z]\))$")
RESIDUAL = re.compile(r"intra|intérieur|within|r[ée]sid|erreur|error", re.IGNORECASE)


def heading(text: str) -> str:
    """Tell what a heading or a row's label names; "" where nothing known.

    Examples
    --------
    >>> heading("Sig. (bilatérale)"), heading("Khi-deux de Pearson"), heading("ddl")
    ('p', 'chi2', 'df')
    >>> heading("F"), heading("t(28)"), heading("Moyenne")
    ('F', 't', '')
    """
    bare = _FOOTNOTE.sub("", text).strip(" :")
    if len(bare) == 1:
        return _LETTERS.get(bare, "")
    if with_df := _WITH_DF.fullmatch(bare):
        return _LETTERS[with_df[1].replace("Χ", "χ")]
    return next((key for key, form in _COMPILED if form.fullmatch(bare)), "")
