"""Workbooks and SPSS files give the same answers, or are refused with the reason."""

import openpyxl
import pyreadstat
import pytest
from material.forms import STUDY, sav, xlsx
from material.one_export import GIVEN, HEAD, held, wanted

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.answers.formats import statistical


@pytest.mark.slow
def test_a_workbook_and_an_spss_file_give_the_same_answers(tmp_path):
    from_xlsx, audit = read_file(xlsx(tmp_path / "a.xlsx", GIVEN), STUDY)
    assert held(from_xlsx) == wanted()
    assert list(audit.personal) == ["Horodateur"]
    for alphabetical in (True, False):
        path = sav(tmp_path / "a.sav", GIVEN, alphabetical=alphabetical)
        assert held(read_file(path, STUDY)[0]) == wanted()


@pytest.mark.slow
def test_what_an_spss_file_leaves_undeclared_is_refused_and_what_it_declares_is_missing(
    tmp_path,
):
    odd = [dict(row) for row in GIVEN]
    odd[4]["q3"] = "99"
    with pytest.raises(Refused, match=r'q3: "99".*lines: 5'):
        read_file(sav(tmp_path / "a.sav", odd), STUDY)
    path = sav(tmp_path / "b.sav", odd, missing_ranges={"V3": [99]})
    frame, audit = read_file(path, STUDY)
    assert frame["q3"].isna().sum() == audit.missing["q3"] == 1
    assert "values that the file declares missing: 1" in audit.said("en")


@pytest.mark.parametrize(
    "end", ["import os; os.abort()", "raise MemoryError", "print('no table')"]
)
def test_a_library_that_breaks_down_on_an_spss_file_ends_in_a_refusal(
    tmp_path, monkeypatch, end
):
    path = sav(tmp_path / "a.sav", GIVEN)
    monkeypatch.setattr(statistical, "_APART", end)
    with pytest.raises(Refused, match="SAV file damaged"):
        read_file(path, STUDY)


@pytest.mark.slow
def test_an_spss_file_that_says_another_number_of_cases_is_refused(tmp_path):
    path, cases = sav(tmp_path / "a.sav", GIVEN), len(GIVEN)
    whole = path.read_bytes()
    for said in (0, 3, cases - 1, cases + 1, 2**31 - 1):
        path.write_bytes(whole[:80] + said.to_bytes(4, "little") + whole[84:])
        with pytest.raises(Refused, match=rf"{said} cases, and holds {cases}\b"):
            read_file(path, STUDY)
    path.write_bytes(whole[:80] + b"\xff" * 4 + whole[84:])  # it does not say
    assert held(read_file(path, STUDY)[0]) == wanted()


def test_a_scale_turned_round_in_spss_is_refused(tmp_path):
    path = sav(tmp_path / "a.sav", GIVEN)
    frame, meta = pyreadstat.read_sav(str(path))
    low, high = STUDY.columns["q3"].ends
    labels = {**meta.variable_value_labels, "V3": {1: high.fr, 7: low.fr}}
    frame.loc[0, "V3"] = 1
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=meta.column_names_to_labels,
        variable_value_labels=labels,
    )
    with pytest.raises(Refused, match='q3: the file gives code "1"'):
        read_file(path, STUDY)


def test_a_workbook_with_the_questionnaire_twice_or_not_at_all_is_refused(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", GIVEN)
    book = openpyxl.load_workbook(path)
    book["Feuil2"].append(HEAD)
    book.save(path)
    with pytest.raises(Refused, match="2 sheets hold the questionnaire"):
        read_file(path, STUDY)
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(path)
    with pytest.raises(
        Refused, match=r"none of its 2 columns \(a, b …\) is a question"
    ):
        read_file(path, STUDY)


def test_a_workbook_of_formulas_that_were_never_computed_is_refused(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", GIVEN)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D3"] = "=1+3"
    book.save(path)
    with pytest.raises(Refused, match="formulas without a saved value"):
        read_file(path, STUDY)
