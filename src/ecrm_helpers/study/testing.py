"""Which test a hypothesis asks for: it follows from the kinds of its variables."""

from collections.abc import Iterator, Sequence

from ecrm_helpers.printed import Told, keyed, told
from ecrm_helpers.study.questionnaire import Study, Test

#: The tests that variables of these roles allow; the first is meant if none is named.
FITTING: dict[tuple[str, ...], tuple[Test, ...]] = {
    ("scale", "scale"): ("correlation", "regression", "paired"),
    ("choice", "scale"): ("groups",),
    ("choice", "choice"): ("crossed",),
}

#: What a hypothesis may expect, by its test.
EXPECTS = keyed(
    "study_expects_",
    "study_expects_correlation study_expects_groups study_expects_crossed "
    "study_expects_regression study_expects_paired",
)

_SIGNS = ("positive", "negative")


def allowed(study: Study, variables: Sequence[str]) -> tuple[Test, ...]:
    """Name the tests that variables allow, the usual one first."""
    roles = tuple(sorted(study.role(name) for name in variables))
    if len(roles) > 2 and set(roles) == {"scale"}:
        return ("regression",)
    return FITTING.get(roles, ())


def method_of(study: Study, name: str) -> Test | None:
    """Name the test of a hypothesis: the one declared, or its variables' usual one.

    Parameters
    ----------
    name : str
        Of the hypothesis.

    Returns
    -------
    Test or None
        None where its variables allow no test that is made here.

    Examples
    --------
    >>> from ecrm_helpers.study import read_study
    >>> [method_of(read_study(), name) for name in ("h1", "h2", "h3")]
    ['statements', 'correlation', 'groups']
    """
    hypothesis = study.hypotheses[name]
    if hypothesis.rule == "statements":
        return "statements"
    fitting = allowed(study, hypothesis.variables)
    return hypothesis.test if hypothesis.test in fitting else next(iter(fitting), None)


def asking_for(study: Study, test: Test) -> list[str]:
    """Name the hypotheses that ask for a test, in the study's order."""
    return [name for name in study.hypotheses if method_of(study, name) == test]


def variables_of(study: Study, name: str) -> tuple[str, ...]:
    """Give the variables of a hypothesis; a choice that groups a scale comes first."""
    variables = study.hypotheses[name].variables
    if method_of(study, name) != "groups":
        return variables
    return tuple(sorted(variables, key=study.role))


def faults(study: Study, name: str) -> Iterator[tuple[str, Told]]:
    """Find what a hypothesis names that its variables do not allow.

    Yields
    ------
    (str, Told)
        The key at fault, and why.
    """
    hypothesis = study.hypotheses[name]
    fitting = allowed(study, hypothesis.variables)
    if len(set(hypothesis.variables)) < len(hypothesis.variables):
        yield "variables", told("study_variable_twice")
    elif hypothesis.test and hypothesis.test not in fitting:
        listed = ", ".join(fitting) or told("study_test_none")
        yield "test", told("study_test_unfit", test=hypothesis.test, allowed=listed)
    elif (test := method_of(study, name)) in EXPECTS and not _fits(study, name, test):
        found = _written(hypothesis.expects)
        names = ", ".join(_ordered(study, name, test))
        yield "expects", told(EXPECTS[test], found=found, names=names)


def _fits(study: Study, name: str, test: Test | None) -> bool:
    """Whether what a hypothesis expects is a direction that its variables have."""
    expects, variables = study.hypotheses[name].expects, variables_of(study, name)
    if expects is None:
        return True
    if test == "correlation":
        return expects in _SIGNS
    if test == "regression":
        signs = expects if isinstance(expects, dict) else {variables[0]: expects}
        known = set(signs) <= set(variables[:-1])
        return known and all(sign in _SIGNS for sign in signs.values())
    if test == "crossed":
        first, second = (study.columns[each].points for each in variables)
        cells = expects.items() if isinstance(expects, dict) else [("", "")]
        return all(row in first and column in second for row, column in cells)
    ordered = isinstance(expects, tuple)
    return ordered and sorted(expects) == sorted(_ordered(study, name, test))


def _ordered(study: Study, name: str, test: Test | None) -> Sequence[str]:
    """Name what a direction may be said of."""
    first, *others = variables = variables_of(study, name)
    if test in ("groups", "crossed"):
        return list(study.columns[first].points)
    return variables if test == "paired" else [first, *others[:-1]]


def _written(expects: object) -> str:
    if isinstance(expects, tuple):
        return f"[{', '.join(expects)}]"
    if isinstance(expects, dict):
        return f"{{{', '.join(f'{k}: {v}' for k, v in expects.items())}}}"
    return str(expects)
