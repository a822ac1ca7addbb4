"""Notebooks copied in one language: what changes there comes back, or is refused."""

import json
import shutil

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT, often
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers import cli
from ecrm_helpers.compendium.run.copies import bring_back, lend
from ecrm_helpers.printed import Wrong

OTHER = {"fr": "en", "en": "fr"}


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def tags(cell):
    return cell["metadata"].get("tags", [])


def source(path, cell):
    (found,) = (each for each in cells(path) if each["id"] == cell)
    return "".join(found["source"])


def edited(path, edit):
    """Change a list of cells as JupyterLab saves it."""
    book = nbformat.read(path, as_version=4)
    edit(book.cells)
    nbformat.write(book, path)


def rewritten(cell, text):
    def edit(all_cells):
        (found,) = (each for each in all_cells if each.id == cell)
        found.source = text

    return edit


@pytest.fixture
def books(tmp_path):
    """Give copies of the notebooks of the compendium, and a folder for work."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copy(ROOT / "study.yml", tmp_path)
    return [shutil.copy(path, folder / path.name) for path in NOTEBOOKS]


@pytest.fixture(params=["fr", "en"])
def edition(request):
    return request.param


@pytest.fixture
def work(books, tmp_path, edition):
    folder = tmp_path / "work" / edition
    assert lend(books, folder, edition) == []
    return folder


def test_a_copy_has_one_language_and_is_set_to_it(work, edition):
    for path in NOTEBOOKS:
        copied = cells(work / path.name)
        assert not [cell["id"] for cell in copied if OTHER[edition] in tags(cell)]
        wanted = [c["id"] for c in cells(path) if OTHER[edition] not in tags(c)]
        assert [cell["id"] for cell in copied] == ["about-this-copy", *wanted]
        assert f'edition = "{edition}"' in source(work / path.name, "parameters")


def test_without_edits_nothing_changes(work, books):
    before = [path.read_bytes() for path in books]
    assert bring_back(work, books) == ([], [])
    assert [path.read_bytes() for path in books] == before


def test_what_was_run_and_saved_is_no_change(work, books):
    def run(all_cells):
        for cell in all_cells:
            cell.metadata["editable"] = True
            if cell.cell_type == "code":
                cell.execution_count = 3
                cell.outputs = [nbformat.v4.new_output("stream", text="7")]

    before = [path.read_bytes() for path in books]
    for path in books:
        edited(work / path.name, run)
    saved = (work / books[0].name).read_bytes()
    assert bring_back(work, books) == ([], [])
    assert [path.read_bytes() for path in books] == before
    assert lend(books, work, work.name) == []
    assert (work / books[0].name).read_bytes() == saved


def test_changed_and_added_cells_come_back_and_nothing_else_changes(
    work, books, edition
):
    book, before = books[3], cells(books[3])

    def edit(all_cells):
        rewritten("counts", "matrices.counts(coded)")(all_cells)
        rewritten(f"counts-{edition}", "## Own words\n\nOne more line.")(all_cells)
        rewritten("parameters", f'edition = "{edition}"\nseed = 2')(all_cells)
        places = [cell.id for cell in all_cells]
        prose = nbformat.v4.new_markdown_cell("New prose", id="new-prose")
        code = nbformat.v4.new_code_cell("1 + 1", id="new-code", execution_count=4)
        code.outputs = [nbformat.v4.new_output("stream", text="2")]
        at = places.index(f"counts-{edition}") + 1
        all_cells[at:at] = [prose, code]

    edited(work / book.name, edit)
    brought, remarks = bring_back(work, books)
    names = ["parameters", f"counts-{edition}", "new-prose", "new-code", "counts"]
    assert brought == [f"{book.name}, {name}" for name in names]
    assert [remark.key for remark in remarks] == ["copies_alone"]
    assert source(book, "counts") == "matrices.counts(coded)"
    assert source(book, f"counts-{edition}") == "## Own words\n\nOne more line."
    assert source(book, "parameters") == 'edition = "fr"\nseed = 2'
    after = cells(book)
    ids = [cell["id"] for cell in after]
    assert ids[ids.index("counts-fr") :][:4] == [
        "counts-fr",
        "counts-en",
        "new-prose",
        "new-code",
    ]
    (prose,) = (cell for cell in after if cell["id"] == "new-prose")
    assert tags(prose) == [edition]
    changed = {*names, "new-prose", "new-code"}
    assert [c for c in after if c["id"] not in changed] == [
        c for c in before if c["id"] not in changed
    ]
    for cell in after:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    # Once more: it is all there, and the notebook stays byte for byte.
    content = book.read_bytes()
    assert bring_back(work, books) == ([], [])
    assert book.read_bytes() == content
    assert nbformat.read(book, as_version=4).nbformat_minor >= 5


def test_a_cell_changed_in_both_is_refused_and_nothing_is_written(
    work, books, edition, capsys, monkeypatch
):
    edited(work / books[0].name, rewritten("parameters", "alpha = 1"))
    edited(work / books[3].name, rewritten("counts", "mine"))
    edited(books[3], rewritten("counts", "theirs"))
    before = [path.read_bytes() for path in books]
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    place = books[0].parents[1]
    assert cli.main(["notebooks", "--from", str(work), "--project", str(place)]) == 2
    said = capsys.readouterr().err
    assert "04_interview_coding.ipynb, cell counts: changed in notebooks/ too" in said
    assert "by hand" in said
    assert [path.read_bytes() for path in books] == before
    assert source(work / books[3].name, "counts") == "mine"
    # The notebook's version taken over into the copy, the rest comes back.
    edited(work / books[3].name, rewritten("counts", "theirs"))
    assert bring_back(work, books)[0] == [f"{books[0].name}, parameters"]


def test_the_other_languages_prose_may_change_meanwhile(work, books, edition):
    edited(work / books[3].name, rewritten(f"counts-{edition}", "mine"))
    edited(books[3], rewritten(f"counts-{OTHER[edition]}", "theirs"))
    bring_back(work, books)
    assert source(books[3], f"counts-{edition}") == "mine"
    assert source(books[3], f"counts-{OTHER[edition]}") == "theirs"


@pytest.mark.parametrize(
    ("edit", "key"),
    [
        (lambda c: c.insert(9, c.pop(6)), "stand in another order"),
        (lambda c: c.append(c[5]), "two cells have the id"),
    ],
)
def test_cells_that_nobody_can_place_are_refused(work, books, edit, key, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    path = work / books[3].name
    book = json.loads(path.read_text(encoding="utf-8"))
    edit(book["cells"])
    path.write_text(json.dumps(book), encoding="utf-8")
    with pytest.raises(Wrong) as raised:
        bring_back(work, books)
    assert key in raised.value.said("en")


def test_a_cell_taken_out_of_a_copy_stays_and_is_said(work, books):
    before = books[3].read_bytes()
    edited(work / books[3].name, lambda c: c.pop([x.id for x in c].index("counts")))
    ((), (remark,)) = bring_back(work, books)
    assert "counts: taken out of the copy" in remark.said("en")
    assert books[3].read_bytes() == before


def test_a_cell_that_is_gone_from_the_notebook_is_not_lost(work, books):
    edited(work / books[3].name, rewritten("counts", "mine"))
    edited(books[3], lambda c: c.pop([x.id for x in c].index("counts")))
    with pytest.raises(Wrong) as raised:
        bring_back(work, books)
    assert "counts: is no longer in notebooks/" in raised.value.said("en")


def test_copies_with_changes_are_kept_and_others_made_anew(work, books, edition):
    edited(work / books[3].name, rewritten("counts", "mine"))
    edited(books[0], rewritten("parameters", 'edition = "fr"\nalpha = .01'))
    assert lend(books, work, edition) == [books[3].name]
    assert source(work / books[3].name, "counts") == "mine"
    assert "alpha = .01" in source(work / books[0].name, "parameters")


def test_a_folder_without_copies_is_refused(tmp_path, books):
    with pytest.raises(Wrong) as raised:
        bring_back(tmp_path, books)
    assert "no copies of notebooks there" in raised.value.said("en")


def test_a_copy_that_is_no_notebook_is_refused(work, books):
    (work / books[3].name).write_text("{broken", encoding="utf-8")
    with pytest.raises(Wrong) as raised:
        bring_back(work, books)
    assert "not readable as a notebook" in raised.value.said("en")


@pytest.mark.slow
@settings(max_examples=often(25), deadline=None)
@given(
    texts=st.dictionaries(
        st.sampled_from(["title-en", "setup", "read", "claim", "codes", "decision-en"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    )
)
def test_whatever_is_written_into_cells_stands_in_the_notebook(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("project")
    book = shutil.copy(NOTEBOOKS[3], folder / NOTEBOOKS[3].name)
    lend([book], folder / "work", "en")
    for cell, text in texts.items():
        edited(folder / "work" / book.name, rewritten(cell, text))
    bring_back(folder / "work", [book])
    for cell, text in texts.items():
        assert source(book, cell) == text


@pytest.mark.made
def test_a_copy_runs_where_it_lies(work, tmp_path, python):
    """From its own folder it finds the study and the data of its project."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    script = """
import json, os, sys
def display(*pieces):
    pass
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"][:12]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), globals())
print(edition, len(coded.segments))
"""
    status, said = python("-c", script, NOTEBOOKS[3].name, cwd=work)
    assert status == 0, said
    assert said.split()[0] == work.name
