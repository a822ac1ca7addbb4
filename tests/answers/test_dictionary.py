"""The data dictionary: what Table Schema asks, what the files hold, what is shown.

No schema of the profile is at hand offline, so the rules of the specification
(Data Package and Table Schema, version 1) that bear on ours are written here.
"""

import copy
import csv
import json
import re

import pytest
from conftest import ROOT
from material.studies.other import write_other

from ecrm_helpers.answers import dictionary
from ecrm_helpers.cli import main
from ecrm_helpers.compendium.site.dictionary_page import dictionary_page
from ecrm_helpers.printed import typeset
from ecrm_helpers.study import read_study

STUDY = read_study()
PACKAGE = json.loads((ROOT / dictionary.PLACE).read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
#: Constraints that the specification allows of a type.
ALLOWED = {
    "string": {"required", "unique", "pattern", "enum", "minLength", "maxLength"},
    "integer": {"required", "unique", "pattern", "enum", "minimum", "maximum"},
}


def faults(rows, fields):
    """List what a table's header and cells have against the schema's fields."""
    head, *rest = rows
    names = [field["name"] for field in fields]
    found = [] if head == names else ["header"]
    for place, field in enumerate(fields):
        rule, cells = field["constraints"], [row[place] for row in rest]
        answered = [cell for cell in cells if cell != ""]
        if rule.get("required") and len(answered) < len(cells):
            found.append(f"{field['name']}: required")
        if rule.get("unique") and len(set(answered)) < len(answered):
            found.append(f"{field['name']}: unique")
        if field["type"] == "integer":
            if not all(re.fullmatch(r"[+-]?\d+", cell) for cell in answered):
                found.append(f"{field['name']}: type")
                continue
            answered = [int(cell) for cell in answered]
            answered = [rule["minimum"] <= cell <= rule["maximum"] for cell in answered]
        else:
            answered = [cell in rule.get("enum", [cell]) for cell in answered]
        if not all(answered):
            found.append(f"{field['name']}: allowed")
    return found


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_committed_file_is_what_the_study_gives(tmp_path):
    for name in ("study.yml", "data/reconstructed/survey.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    built = dictionary.build(tmp_path)
    assert built.read_bytes() == (ROOT / dictionary.PLACE).read_bytes()


def test_a_study_without_printed_values_describes_no_reconstructed_answers(tmp_path):
    write_other(tmp_path / "study.yml")
    beside = tmp_path / "data/reconstructed/survey.csv"
    beside.parent.mkdir(parents=True)
    beside.write_bytes((ROOT / "data/reconstructed/survey.csv").read_bytes())
    made = json.loads(dictionary.build(tmp_path).read_text(encoding="utf-8"))
    assert [resource["nature"] for resource in made["resources"]] == ["own"]


def test_the_package_has_what_the_specification_asks():
    assert PACKAGE["profile"] == "tabular-data-package"
    assert all(licence["name"] and licence["path"] for licence in PACKAGE["licenses"])
    assert len(RESOURCES) == len(PACKAGE["resources"]) == 2
    for name, resource in {PACKAGE["name"]: PACKAGE, **RESOURCES}.items():
        assert re.fullmatch(r"[a-z0-9._-]+", name)
        assert resource["profile"].startswith("tabular-data-")
    for resource in RESOURCES.values():
        place = resource.get("path", resource.get("kept"))
        assert not place.startswith(("/", "..", "http"))
        assert ("path" in resource) == (ROOT / "data" / place).is_file()
        assert ("path" in resource) != ("data" in resource)
        assert all(source["title"] for source in resource.get("sources", []))
        schema = resource["schema"]
        names = [field["name"] for field in schema["fields"]]
        assert len(set(names)) == len(names)
        assert schema["primaryKey"] in names
        assert schema["missingValues"] == [""]
        for field in schema["fields"]:
            assert field["constraints"].keys() <= ALLOWED[field["type"]]
            assert field["title"] == field["titles"]["en"] != field["titles"]["fr"]


def test_the_reconstructed_answers_are_as_described():
    resource = RESOURCES["reconstructed"]
    rows = table(ROOT / "data" / resource["path"])
    assert faults(rows, resource["schema"]["fields"]) == []
    assert resource["nature"] == "reconstructed"
    assert (ROOT / "data" / resource["sources"][0]["path"]).is_file()


def test_clean_answers_are_as_described_and_spoiled_ones_are_not(tmp_path):
    clean = tmp_path / "clean.csv"
    export = str(ROOT / "data/synthetic/export.csv")
    assert main(["read", export, "--to", str(clean)]) == 0
    rows, fields = table(clean), RESOURCES["answers"]["schema"]["fields"]
    assert faults(rows, fields) == []
    place = {name: n for n, name in enumerate(rows[0])}
    for name, cell, fault in [
        ("q3", "8", "q3: allowed"),
        ("q3", "4.5", "q3: type"),
        ("q1", "Peut-être", "q1: allowed"),
        ("id", "", "id: required"),
        ("id", rows[2][0], "id: unique"),
    ]:
        spoiled = copy.deepcopy(rows)
        spoiled[1][place[name]] = cell
        assert faults(spoiled, fields) == [fault]


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_the_page_shows_every_variable_and_the_nature_of_each_file(edition):
    page, tables = dictionary_page(ROOT, edition)
    assert tables["dictionary"]["rows"] == [[name] for name in ("id", *STUDY.columns)]
    cells = {
        row.th.get_text(): [
            cell.get_text().replace("\N{NO-BREAK SPACE}", " ") for cell in row("td")
        ]
        for row in page.select("#dictionary tbody tr")
    }
    assert list(cells) == ["id", *STUDY.columns]
    for name, question in STUDY.columns.items():
        label = question.items.get(name, question.label)[edition]
        assert cells[name][0].endswith(typeset(label, edition))
    nature = page.select_one("#resources tbody tr").get_text()
    assert {"fr": "non les réponses", "en": "not the study’s"}[edition] in nature
    end = {"fr": "7 = Très content", "en": "7 = Very content"}[edition]
    assert cells["q3"][2].endswith(end)
    agreement = page.select_one("#dictionary .source").get_text()
    assert STUDY.agreement["neutral"][edition] in agreement
