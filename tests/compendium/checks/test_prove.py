"""The proof can fail: a survivor, a red check, a mutation that changes nothing."""

import dataclasses
import shutil

import pytest
from conftest import ROOT

from ecrm_helpers import cli
from ecrm_helpers.compendium.checks import mutations, prove
from ecrm_helpers.compendium.checks.mutations import CHECKS, Mutation, read_mutations
from ecrm_helpers.compendium.run import reproduce

#: Each recomputes the whole, most of them in a process of their own.
pytestmark = pytest.mark.slow

ALL = read_mutations()
WRONG_SUM = next(each for each in ALL if each.name == "checksum")


def mutation(old, new, check="ecrm data", says="LICENSE"):
    return Mutation("datum", "datum", "LICENSE", old, new, check, says)


#: No check looks at a word of the licence.
UNNOTICED = mutation("MIT", "TIM")


@pytest.fixture(scope="module")
def compendium(tmp_path_factory):
    """Give what the checksums concern, so that copies are small."""
    root = tmp_path_factory.mktemp("compendium")
    for name in ("src", "data", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("study.yml", "LICENSE", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    return root


def test_a_survivor_fails_the_command_and_is_listed(compendium, monkeypatch, capsys):
    monkeypatch.setattr(reproduce, "reproduce", lambda *_: True)
    monkeypatch.setattr(mutations, "read_mutations", lambda: (WRONG_SUM, UNNOTICED))
    assert cli.main(["prove", "--project", str(compendium)]) == 1
    said = capsys.readouterr()
    assert said.err == "survived: datum\n"
    assert "caught    checksum: ecrm data: published/values.csv: changed" in said.out
    assert "SURVIVED  datum: ecrm data: expected status 1 and 'LICENSE'" in said.out
    for edition, word in (("fr", "passée inaperçue"), ("en", "survived")):
        page = compendium / f"output/{edition}/html/proof.html"
        assert word in page.read_text(encoding="utf-8")
        sheet = compendium / f"output/{edition}/proof.csv"
        assert sheet.read_text(encoding="utf-8").count(word) == 1
        assert (compendium / f"output/{edition}/pdf/proof.pdf").stat().st_size > 5000


def test_when_all_are_caught_the_command_ends_with_0(compendium, monkeypatch):
    monkeypatch.setattr(reproduce, "reproduce", lambda *_: True)
    monkeypatch.setattr(mutations, "read_mutations", lambda: (WRONG_SUM,))
    assert cli.main(["prove", "--jobs", "1", "--project", str(compendium)]) == 0


def test_failing_for_another_reason_is_surviving(compendium):
    """And the original is left alone."""
    before = {p: p.read_bytes() for p in compendium.rglob("*") if p.is_file()}
    other = dataclasses.replace(WRONG_SUM, says="published/reasons.csv")
    (outcome,) = prove.prove(compendium, [other], 1, lambda line: None)
    assert outcome.status == 1
    assert not outcome.caught
    assert {p: p.read_bytes() for p in compendium.rglob("*") if p.is_file()} == before


def test_a_check_that_is_red_beforehand_proves_nothing(compendium, monkeypatch):
    monkeypatch.setitem(CHECKS, "red", ("-c", "raise SystemExit(1)"))
    red = mutation("MIT", "TIM", "red", "")
    with pytest.raises(prove.ProveError, match="datum: on an unspoilt copy"):
        prove.prove(compendium, [red], 1, lambda line: None)


def test_a_check_that_always_says_it_proves_nothing(compendium, monkeypatch):
    monkeypatch.setitem(CHECKS, "wolf", ("-c", "print('wolf')"))
    wolf = mutation("MIT", "TIM", "wolf", "wolf")
    with pytest.raises(prove.ProveError, match="must end with 0 and not say 'wolf'"):
        prove.prove(compendium, [wolf], 1, lambda line: None)


def test_a_mutation_that_changes_nothing_is_an_error(compendium):
    same = mutation("is not there", "TIM")
    with pytest.raises(prove.ProveError, match="datum: changes nothing in LICENSE"):
        prove.prove(compendium, [same], 1, lambda line: None)


def test_the_copy_s_own_package_is_run_or_the_proof_stops(compendium, tmp_path):
    status, said = prove.run(
        compendium, ("-c", "import ecrm_helpers; print(ecrm_helpers.__file__)")
    )
    assert (status, said.strip()) == (
        0,
        str(compendium / "src/ecrm_helpers/__init__.py"),
    )
    with pytest.raises(prove.ProveError, match="is run instead"):
        prove._require_own(tmp_path)


def test_mutations_are_forty_and_more_each_in_its_own_way():
    names = [each.name for each in ALL]
    assert len(names) == len(set(names)) >= 40
    rooms = {m.file.split("/")[2] for m in ALL if m.file.startswith("src/")}
    assert rooms >= {"statistics", "interview", "printed", "answers", "ledger"}
    assert {prove.MUTATION[m.operator] for m in ALL}
    assert set(CHECKS) < {m.check for m in ALL}
    of_tests = [ROOT / "tests" / m.check.partition("::")[0] for m in ALL]
    assert all(p.is_file() for p in of_tests if p.name.partition(".")[2] == "py")


SOURCES = [m for m in ALL if not m.file.startswith("output/")]
MADE = [m for m in ALL if m.file.startswith("output/")]


def assert_applies(mutation):
    text = (ROOT / mutation.file).read_text(encoding="utf-8")
    assert mutation.edit(text) != text


@pytest.mark.parametrize("mutation", SOURCES, ids=lambda m: m.name)
def test_each_mutation_of_a_source_still_applies(mutation):
    assert_applies(mutation)


@pytest.mark.parametrize("mutation", MADE, ids=lambda m: m.name)
def test_each_mutation_of_what_is_made_still_applies(mutation, output):
    assert_applies(mutation)
