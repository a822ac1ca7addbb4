"""What a run says of itself: record, crate, report, and CODECHECK's manifest."""

import io
import json
import re

import pypdf
import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import NOTEBOOKS, ROOT
from rocrate.rocrate import ROCrate

from ecrm_helpers.compendium.plan import notebook
from ecrm_helpers.compendium.plan.git import git
from ecrm_helpers.compendium.plan.stamps import digest
from ecrm_helpers.compendium.run import provenance
from ecrm_helpers.compendium.site import report
from ecrm_helpers.ledger.terms import AGREEMENT, VERDICTS
from ecrm_helpers.printed import say

OUTPUT = ROOT / "output"


@pytest.fixture(scope="module")
def run(output):
    """Give the record of the run."""
    return json.loads((output / "run.json").read_text(encoding="utf-8"))


def ledger():
    files = sorted((OUTPUT / "results").glob("*.json"))
    parts = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    return [row for part in parts for row in part["ledger"]]


def page(edition):
    path = OUTPUT / edition / "reviewer-report.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def declared_manifest():
    """Name each file and number that the notebooks declare, as CODECHECK lists them."""
    entries, whole = [], []
    for book in NOTEBOOKS:
        count = {"Table": 0, "Figure": 0}
        lead = int(book.stem[:2])
        for piece in notebook.declared(book, "produces"):
            kind = {"tab": "Table", "agr": "Table", "fig": "Figure"}.get(piece[:3])
            if kind is None:
                continue  # a decision: a sentence, no table
            count[kind] += 1
            number = f"{kind} {lead}.{count[kind]}"
            if piece.startswith("agreement"):
                whole.append(number)
                continue
            folder, end = ("figures", "svg") if kind == "Figure" else ("tables", "csv")
            file = f"output/fr/{folder}/{lead}.{count[kind]}-{piece}.{end}"
            entries.append({"file": file, "comment": f"{number}, {book.name}"})
    entries.append(
        {"file": "output/fr/tables/E.1-errata.csv", "comment": "Errata, Table E.1"}
    )
    return [*entries, {"file": "output/ledger.csv", "comment": ", ".join(whole)}]


def test_codecheck_lists_every_table_and_figure():
    text = (ROOT / "codecheck.yml").read_text(encoding="utf-8")
    listed = yaml.safe_load(text)
    expected = declared_manifest()
    lines = yaml.safe_dump(expected, allow_unicode=True, sort_keys=False, width=200)
    assert listed["manifest"] == expected, f"codecheck.yml, manifest shall be:\n{lines}"
    # The rest of the configuration (codechecker, report, certificate) is not ours.
    assert listed.keys() == {"version", "paper", "manifest"}
    assert listed["version"] == "https://codecheck.org.uk/spec/config/1.0/"


def test_codecheck_names_the_thesis_as_the_citation_does():
    paper = yaml.safe_load((ROOT / "codecheck.yml").read_text(encoding="utf-8"))[
        "paper"
    ]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    (thesis,) = cited["references"]
    (author,) = thesis["authors"]
    name = f"{author['given-names']} {author['family-names']}"
    assert paper["title"] == thesis["title"]
    assert paper["authors"] == [{"name": name}]
    assert str(thesis["year"]) in paper["reference"]


def test_every_listed_file_is_made_under_its_number(run):
    pages = [json.loads(p.read_text("utf-8")) for p in OUTPUT.glob("en/pages/*.json")]
    captions = [part["label"] + part["caption"] for p in pages for part in p["shown"]]
    for entry in declared_manifest():
        assert entry["file"] in run["made"]
        for number in re.findall(r"(?:Table|Figure) \d\.\d+", entry["comment"]):
            assert any(caption.startswith(f"{number}. ") for caption in captions)


def test_the_record_tells_hashes_times_and_disk(run):
    assert run["inputs"].keys() >= {"study.yml", "data/published/values.csv"}
    assert "src/ecrm_helpers/printed/numbers.py" in run["inputs"]
    for name, content in (*run["inputs"].items(), *run["made"].items()):
        assert digest(ROOT / name) == content, name
    assert run["lock"] == digest(ROOT / "requirements.lock")
    steps = {
        f"{e}/{part}"
        for e in ("fr", "en")
        for part in ("check", "errata", "dictionary", "chapter", "site")
    }
    for kind in ("run", "page"):
        steps |= {f"{e}/{kind}/{b.stem}" for e in ("fr", "en") for b in NOTEBOOKS}
    assert run["steps"].keys() == steps | {"data"}
    assert all(run["steps"][name] > 0 for name in steps)
    made = sum((ROOT / name).stat().st_size for name in run["made"])
    assert 0.9 * made < run["disk"]["output"] < 3 * made
    assert run["disk"]["environment"] > 1e8


def test_the_crate_is_read_back_with_every_file_of_the_record(run):
    whole = ROCrate(OUTPUT)
    files = {entity.id: entity for entity in whole.get_by_type("File")}
    outside = "data/"  # made, and read
    made = {k[7:]: v for k, v in run["made"].items() if not k.startswith(outside)}
    assert files.keys() == made.keys() | {"run.json"}
    assert all(files[name]["sha256"] == content for name, content in made.items())
    assert all((OUTPUT / name).is_file() for name in files)
    action = whole.dereference("#run")
    assert {e["name"] for e in action["object"]} == run["inputs"].keys()
    facts = {e["name"]: e["value"] for e in action["additionalProperty"]}
    assert facts["lock"] == run["lock"]
    assert facts["steps/fr/chapter"] == run["steps"]["fr/chapter"]
    ids = [e["@id"] for e in provenance.crate(run, "title")["@graph"]]
    assert len(ids) == len(set(ids))
    assert not any(" " in name or name.startswith(("/", "..")) for name in ids)


def test_one_record_gives_the_same_bytes_each_time(run, tmp_path):
    for place in ("one", "two"):
        provenance.write(tmp_path / place, run, "title")
    for name in ("run.json", "ro-crate-metadata.json"):
        first, second = (tmp_path / place / name for place in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()


def test_outside_git_the_commit_is_unknown_not_that_of_a_folder_above(tmp_path):
    (tmp_path / "requirements.lock").write_text("")
    made = provenance.record(tmp_path, {}, ["fr"], {}, 1)
    assert (made["commit"], made["changed_since_commit"]) == (None, None)
    inside = ROOT / "docs"  # a folder of a checkout is no checkout of its own
    assert git(inside, "rev-parse", "HEAD") == ""


def test_every_verdict_has_a_class():
    assert report.CLASSES.keys() == set(VERDICTS)
    assert set(report.CLASSES.values()) | {"by_construction"} == set(report.ORDER)


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_the_report_counts_every_row_once_and_is_no_certificate(run, edition):
    shown = page(edition)
    assert shown.h1.get_text() == say("report_title", edition)
    counts = [int(cell.get_text()) for cell in shown.select("#classes td:last-child")]
    rows = ledger()
    assert sum(counts) == len(rows)
    built_in = [r for r in rows if r["known"] == "built_in"]
    agree = [r for r in built_in if r["verdict"] in AGREEMENT]
    assert counts[report.ORDER.index("by_construction")] == len(agree)
    in_text = [row for row in rows if row["place"] in report.IN_TEXT]
    assert len(shown.select("#numbers tbody tr")) == len(in_text)
    for cell in shown.select("#numbers td:last-child"):
        assert re.fullmatch(r"0\d_\w+, agreement", cell.get_text())
    blanks = [line.get_text().replace("\xa0", " ") for line in shown.select(".blank")]
    assert len(blanks) == 4
    assert all(line.endswith(":") for line in blanks)


def test_the_report_shows_what_this_run_measured(run):
    shown = page("en").get_text()
    for fact in (run["python"], run["lock"], run["platform"]):
        assert fact in shown
    assert f"took {run['seconds']:.1f} s in all" in shown
    times = page("en").select("#steps tbody td")
    assert [float(t.get_text()) for t in times] == pytest.approx(
        list(run["steps"].values()), abs=0.051
    )


def test_the_printed_report_is_tagged_and_says_what_it_is(output):
    content = (output / "fr/reviewer-report.pdf").read_bytes()
    made = pypdf.PdfReader(io.BytesIO(content))
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "non un certificat" in made.pages[0].extract_text().replace("\n", " ")


@pytest.mark.parametrize("book", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_table_said_to_show_a_place_is_made_and_the_place_is_in_the_ledger(run, book):
    places = {r["place"] for r in ledger() if r["part"] == book.stem[:2]}
    shows = notebook.named(book, "shows")
    assert shows.keys() == places - set(report.IN_TEXT)
    assert set(shows.values()) <= set(notebook.declared(book, "produces"))


def test_the_record_says_what_was_set_and_what_was_cleared(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("TMPDIR", "/tmp")
    said = provenance._surroundings()
    made = said["set"]
    assert (made["TZ"], made["HOME"]) == ("UTC", "(an empty folder)")
    assert made["MATPLOTLIBRC"].startswith("(the environment)/lib")
    assert "LC_ALL" not in made
    assert "TMPDIR" in said["taken_over"]
    assert said["all_others"] == "cleared"
    assert re.fullmatch(r"pandoc(\.exe)? \d+(\.\d+)+", said["pandoc"])
    assert [v for v in made.values() if v.startswith(("/", "\\")) or ":" in v] == []
