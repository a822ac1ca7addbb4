"""Ways to spoil the code, by operator: each in some room, with the test that notices.

An operator is a kind of mistake; its phrase is ``mutation_<operator>``. A test
stands by its file, or by its name in it, and must fail of a spoilt copy alone.
"""

from ecrm_helpers.compendium.checks.mutations import MUTATIONS, Mutation, replaced, test

#: Operator; file of the package; what stands there, and what is put in its place;
#: the test, from ``tests/``.
_CODE = (
    (
        "comparison",
        "statistics/analysis/crosstabs.py",
        (
            "expected.min() < 1 or (expected < 5)",
            "expected.min() < 1 or (expected < 4)",
        ),
        "statistics/analysis/test_crosstabs.py",
    ),
    (
        "comparison",
        "statistics/analysis/correlation.py",
        ("abs(scores) >= abs(scores[0])", "abs(scores) > abs(scores[0])"),
        "statistics/analysis/test_correlation.py",
    ),
    (
        "comparison",
        "interview/units.py",
        ("there & (2 * shared > shorter)", "there & (2 * shared >= shorter)"),
        "interview/test_agreement.py",
    ),
    (
        "comparison",
        "interview/evidence.py",
        ("respondents < hypothesis.minimum", "respondents > hypothesis.minimum"),
        "interview/test_evidence.py",
    ),
    (
        "comparison",
        "printed/numbers.py",
        ("if value < 0.001:", "if value <= 0.01:"),
        "printed/test_numbers.py",
    ),
    (
        "comparison",
        "answers/rows/flags.py",
        ("sent < pd.Timestamp(study.opened)", "sent <= pd.Timestamp(study.opened)"),
        "answers/rows/test_flags.py",
    ),
    (
        "ddof",
        "statistics/analysis/paired.py",
        ("gaps.std(ddof=1)", "gaps.std(ddof=0)"),
        "statistics/analysis/test_further_tests.py",
    ),
    (
        "ddof",
        "statistics/analysis/pairs.py",
        ("first.var(ddof=1)", "first.var(ddof=0)"),
        "statistics/analysis/test_pairs.py",
    ),
    (
        "off_by_one",
        "statistics/analysis/fisher.py",
        ("-gammaln(draws + 1)", "-gammaln(draws + 2)"),
        "statistics/analysis/test_crosstabs.py",
    ),
    (
        "off_by_one",
        "interview/units.py",
        ("np.minimum(ends, row.end)", "np.minimum(ends, row.end + 1)"),
        "interview/test_coders.py::test_every_count_and_disagreement_is_that_of_plain_sets",
    ),
    (
        "off_by_one",
        "statistics/admissible/existence.py",
        ("(q - s) % 2", "(q - s + 1) % 2"),
        "statistics/admissible",
    ),
    (
        "off_by_one",
        "files.py",
        ("file.read(most + 1)", "file.read(most)"),
        "test_files.py",
    ),
    (
        "rounding",
        "printed/numbers.py",
        ("value - unit / 2, value + unit / 2", "value - unit, value + unit"),
        "printed/test_numbers.py",
    ),
    (
        "verdict",
        "ledger/verdicts.py",
        ('return "exact" if holds else', 'return "exact" if holds or True else'),
        "ledger/test_verdicts.py",
    ),
    (
        "language",
        "printed/words.py",
        ('"fr" if next(filter', '"en" if next(filter'),
        "cli/test_language.py",
    ),
    (
        "language",
        "printed/words.py",
        ('if edition == "fr" else text', 'if edition == "en" else text'),
        "printed/test_words.py",
    ),
    (
        "privacy",
        "answers/personal.py",
        ("(EMAIL, _SPELT, PHONE, _NUMBER)", "(EMAIL, _SPELT)"),
        "answers/test_personal.py",
    ),
    (
        "privacy",
        "compendium/checks/privacy.py",
        ('_ZIPPED = (".xlsx", ".ods", ".docx",', '_ZIPPED = (".xlsx", ".ods",'),
        "compendium/checks/test_privacy.py",
    ),
    (
        "privacy",
        "compendium/run/settle.py",
        (
            "if isinstance(value, str) and Path",
            "if not isinstance(value, str) and Path",
        ),
        "compendium/run/test_settle.py",
    ),
    (
        "guard",
        "files.py",
        ('("=", "+", "-", "@")', '("=", "+", "-")'),
        "test_files.py",
    ),
    (
        "freshness",
        "compendium/plan/project.py",
        ('**below, **project.code("compendium")', "**below"),
        "compendium/plan/test_stamps.py",
    ),
    (
        "freshness",
        "compendium/plan/stamps.py",
        ("digest(root / name) == content", "bool(digest(root / name))"),
        "compendium/plan/test_stamps.py",
    ),
    (
        "freshness",
        "compendium/plan/stamps.py",
        ("path.unlink(missing_ok=True)\n\n\ndef finger", "pass\n\n\ndef finger"),
        "compendium/plan/test_stamps.py",
    ),
    (
        "surroundings",
        "programs.py",
        ('"TZ": "UTC",', ""),
        "test_programs.py",
    ),
    (
        "surroundings",
        "programs.py",
        ('f"--data-dir={program.parent}"', '"--quiet"'),
        "test_programs.py",
    ),
)

CODE = tuple(
    Mutation(
        f"{operator}_{place}",
        f"src/ecrm_helpers/{file}",
        replaced(*change),
        test(node),
        "FAILED",
        operator,
    )
    for place, (operator, file, change, node) in enumerate(_CODE, 1)
)

#: What `prove` tries: over data, print, pages, records, environment and code.
ALL = (*MUTATIONS, *CODE)
