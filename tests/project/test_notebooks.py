"""The shape of the notebooks: they tell, the package does."""

import ast
import json
import re
from collections import Counter

import nbformat
import pytest
import yaml
from conftest import BOOKS, NOTEBOOKS, ROOT
from material.given import OF_THE_THESIS

from ecrm_helpers.printed import __all__ as printed_all
from ecrm_helpers.printed import words
from ecrm_helpers.study import read_study
from ecrm_helpers.study.published import read_values


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell):
    return set(cell.metadata.get("tags", []))


def names_bound_at_top_level(source):
    """Names a cell assigns; its imports and its comprehensions do not count."""
    nodes = list(ast.walk(ast.parse(source)))
    inner = [c.target for c in nodes if isinstance(c, ast.comprehension)]
    within = {id(node) for target in inner for node in ast.walk(target)}
    names = [n for n in nodes if isinstance(n, ast.Name) and id(n) not in within]
    return {n.id for n in names if isinstance(n.ctx, ast.Store)}


def names_used(source):
    return {n.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Name)}


def parameters(notebook):
    (cell,) = [cell for cell in code(notebook) if "parameters" in tags(cell)]
    return cell


def test_there_are_five_in_order():
    assert [path.stem for path in BOOKS] == [
        "01_descriptives",
        "02_h2_correlation",
        "03_h3_anova",
        "04_interview_coding",
        "05_further_tests",
    ]
    assert NOTEBOOKS == BOOKS[:4]


def test_opens_with_a_title_in_each_language(notebook):
    first, second = notebook.cells[:2]
    assert (tags(first) - {"report"}, tags(second) - {"report"}) == ({"fr"}, {"en"})
    assert first.source.startswith("# ")
    assert second.source.startswith("# ")


def test_has_one_parameters_cell_of_literals(notebook):
    for statement in ast.parse(parameters(notebook).source).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)


def test_every_parameter_is_used(notebook):
    declared = names_bound_at_top_level(parameters(notebook).source)
    later = "\n".join(c.source for c in code(notebook) if "parameters" not in tags(c))
    assert declared - names_used(later) == set()
    assert "edition" in declared
    assert declared & {"data", "interview_data"}


def test_the_level_is_the_one_printed():
    values = read_values(ROOT / "data/published/values.csv")
    (printed,) = re.findall(r"^\d\.\d+", values["h3_alpha_text"].printed)
    books = [nbformat.read(path, as_version=4) for path in BOOKS]
    given = "\n".join(parameters(book).source for book in books)
    assert re.findall(r"^alpha = (.+)$", given, re.MULTILINE) == [printed] * 3


def test_is_committed_without_output(notebook):
    assert not any(cell.outputs or cell.execution_count for cell in code(notebook))


def test_cells_are_short_and_define_nothing(notebook):
    forbidden = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.While)
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 15, cell.id
        tree = ast.parse(cell.source)
        assert not any(isinstance(node, forbidden) for node in ast.walk(tree)), cell.id


def test_no_name_is_bound_in_two_cells(notebook):
    bound = Counter(
        n for c in code(notebook) for n in names_bound_at_top_level(c.source)
    )
    assert [name for name, cells in bound.items() if cells > 1] == []


def test_narrative_comes_in_pairs(notebook):
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    languages = [tags(cell) & {"fr", "en"} for cell in prose]
    assert languages == [{"fr"}, {"en"}] * (len(prose) // 2)
    for french, english in zip(prose[::2], prose[1::2], strict=True):
        assert tags(french) - {"fr"} == tags(english) - {"en"}
        assert french.id.removesuffix("-fr") == english.id.removesuffix("-en")
        levels = [
            re.findall(r"^#+", cell.source, re.MULTILINE) for cell in (french, english)
        ]
        assert levels[0] == levels[1], french.id


def test_prose_holds_no_result(notebook):
    # Numbers of results come from code; sections, questions and scales may be named.
    allowed = re.compile(
        r"(question|hypoth\w+|section|notebook)s? [\d., etand–à]+\d|"
        r"^#+ \d\.|[−-]?1\b|\b10\b"
    )
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            rest = allowed.sub("", cell.source)
            assert not re.search(r"\d+[.,]\d+|\d+ ?%|[=<>] ?\d", rest), cell.id


def test_prose_for_every_study_speaks_of_no_thesis(notebook):
    of_it = {"printed", "reconstructed", "report", "lab"}
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not of_it & tags(cell):
            edition = "fr" if "fr" in tags(cell) else "en"
            assert not re.search(OF_THE_THESIS[edition], cell.source), cell.id


def test_cells_have_plain_ids(notebook):
    assert all(re.fullmatch(r"[a-z0-9-]+", cell.id) for cell in notebook.cells)


def imports(source):
    kinds = (ast.Import, ast.ImportFrom)
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


def by_hand(notebook):
    return [cell for cell in code(notebook) if "plain" in tags(cell)]


def test_imports_stand_in_one_cell_and_in_those_by_hand(notebook):
    importing = [c.id for c in code(notebook) if imports(c.source)]
    hands = {cell.id for cell in by_hand(notebook)}
    assert [name for name in importing if name not in hands] == ["setup"]


# --- An analysis, not an assembly


def test_the_setup_is_six_lines_and_chooses_the_language(notebook):
    (setup,) = [cell for cell in code(notebook) if cell.id == "setup"]
    lines = [line for line in setup.source.splitlines() if line.strip()]
    assert len(lines) <= 6
    assert lines[-1] == "speak(edition)"


def test_no_other_cell_knows_the_language(notebook):
    knowing = [c.id for c in code(notebook) if "edition" in names_used(c.source)]
    assert knowing == ["parameters", "setup"]


def test_no_cell_formats_a_number_or_chooses_a_phrase(notebook):
    """What is said of a result, and how it is written, is the package's."""
    phrases, printing = words(), set(printed_all) - {"speak"}
    for cell in code(notebook):
        assert not names_used(cell.source) & printing, cell.id
        calls = [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Call)]
        given = [a.value for n in calls for a in n.args if isinstance(a, ast.Constant)]
        assert not [key for key in given if key in phrases], cell.id
        assert "paragraph" not in cell.source, cell.id


def test_it_says_at_its_top_what_to_change(notebook):
    ids = [cell.id for cell in notebook.cells]
    top = notebook.cells[: ids.index("parameters")]
    told = {cell.id: cell.source for cell in top}
    assert told["try-fr"].startswith("**Pour essayer.** ")
    assert told["try-en"].startswith("**To try something.** ")
    declared = names_bound_at_top_level(parameters(notebook).source)
    for text in (told["try-fr"], told["try-en"]):
        assert declared & set(re.findall(r"`(\w+)", text))


#: The notebooks that compute from answers.
COMPUTING = [*BOOKS[:3], BOOKS[4]]

#: What a reader takes away from each notebook, each with a cell by hand.
RESULTS = {
    "01_descriptives": {"counts", "ticked", "consistent", "structured", "crossed"},
    "02_h2_correlation": {"r", "ends", "associated"},
    "03_h3_anova": {"rows", "anova", "tests", "pairwise"},
    "05_further_tests": {"tables", "fits", "means"},
}


def test_each_main_result_stands_beside_the_same_by_hand():
    every = set()
    for path in COMPUTING:
        cells = by_hand(nbformat.read(path, as_version=4))
        held = [cell.metadata["ecrm"]["same_as"] for cell in cells]
        assert {name for same in held for name in names_used(same)} == RESULTS[
            path.stem
        ]
        assert len(set(held)) >= len(RESULTS[path.stem])
        every |= set(held)
    assert {'tests["welch"]', 'tests["mann_whitney"]'} <= every


def test_what_is_done_by_hand_is_short_and_leaves_our_functions_alone(notebook):
    (setup,) = [cell for cell in code(notebook) if cell.id == "setup"]
    ours = {a.asname or a.name for node in imports(setup.source) for a in node.names}
    for cell in by_hand(notebook):
        body = ast.parse(cell.source).body
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) - len(imports(cell.source)) <= 5, cell.id
        assert not names_used(cell.source) & ours, cell.id
        assert "ecrm_helpers" not in cell.source, cell.id
        assert isinstance(body[-1], ast.Expr), cell.id


#: Tags of cells for hypotheses that the thesis has none of.
UNASKED = {"crossed", "regression", "paired"}


@pytest.mark.made
@pytest.mark.parametrize("path", COMPUTING, ids=lambda path: path.stem)
def test_every_cell_runs_on_given_answers_as_jupyterlab_runs_them(path):
    """JupyterLab leaves out no cell but those of hypotheses that nobody has."""
    names = {"display": lambda *pieces: None}
    for cell in code(nbformat.read(path, as_version=4)):
        if not UNASKED & set(tags(cell)):
            exec(cell.source, names)
        if "parameters" in tags(cell):
            names["data"] = "data/synthetic/export.csv"
    assert names["answers"].basis == "own"


@pytest.mark.made
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_reads_only_what_it_declares(path, python):
    """Run the cells in a process of their own and watch which data it opens."""
    script = """
import json, sys
root, path, *unasked = sys.argv[1:]
unasked = set(unasked)
opened = set()
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.add(arguments[0])
sys.addaudithook(watch)
def display(*pieces):
    pass
for cell in json.load(open(path, encoding="utf-8"))["cells"]:
    if not unasked & set(cell["metadata"].get("tags", [])):
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), globals())
inside = {o for o in opened if o.startswith(root + "/data/")}
print(json.dumps(sorted(o.removeprefix(root + "/") for o in inside)))
"""
    status, said = python("-c", script, ROOT, path, *UNASKED)
    assert status == 0, said
    opened = json.loads(said.splitlines()[-1])
    declared = json.loads(path.read_text(encoding="utf-8"))["metadata"]["ecrm"]["reads"]
    assert opened
    stray = [o for o in opened if not any(o.startswith(d) for d in declared)]
    assert stray == []


def test_study_is_bilingual_and_its_hypotheses_are_those_decided():
    study = read_study()
    assert list(study.hypotheses) == ["h1", "h2", "h3"]
    raw = yaml.safe_load((ROOT / "study.yml").read_text(encoding="utf-8"))
    for question in raw["questions"].values():
        assert set(question["label"]) == {"fr", "en"}


def test_cells_are_tagged_with_what_they_need():
    books = [nbformat.read(path, as_version=4) for path in BOOKS]
    needs = {"answers", "reconstructed", "printed", "analysis", "coders", "sets"}
    needs |= {"choices", "boxes", "scales", "matrices", "numbers", "dates"}
    needs |= {"scores", "reliability", "crossings"}
    needs |= {"more", "crossed", "regression", "paired"}
    needs |= {"report", "others", "several", "alone", "marked", "pairs", "memos"}
    needs |= {"statements", "checklists", "changelog"}
    found = {tag for book in books for cell in book.cells for tag in tags(cell)}
    assert found == {"fr", "en", "parameters", "lab", "plain", "slide", *needs}


def test_what_is_counted_and_how_coders_agree_is_done_by_hand_too():
    book = nbformat.read(NOTEBOOKS[3], as_version=4)
    held = {
        cell.metadata["ecrm"]["same_as"] for cell in code(book) if "plain" in tags(cell)
    }
    assert held == {"themes", 'codes["segments"]', "compared.over_all"}
