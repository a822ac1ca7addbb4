"""Columns are known by their texts, in any order and under any number."""

from material.forms import STUDY
from material.one_export import BODY, HEAD, held, read, wanted


def test_headers_are_known_by_their_text_in_any_order_and_with_any_number(tmp_path):
    head = [name.replace("3.", "4.").replace("'", "’") + " \xa0" for name in HEAD]
    head[1:] = head[:0:-1]
    body = [[cells[0], *cells[:0:-1]] for cells in BODY]
    frame, audit = read(tmp_path, head, body)
    assert held(frame) == wanted()
    said = audit.said("en")
    assert "q3 recognised by its text; its number differs" in said
    assert "not in the order of the questionnaire" in said


def test_our_own_labels_are_recognised(tmp_path):
    head = ["id"]
    for column, question in STUDY.columns.items():
        label = question.label.fr
        item = question.items.get(column)
        head.append(f"{label} [{item.fr}]" if item else label)
    body = [[f"A{n}", *cells[1:]] for n, cells in enumerate(BODY)]
    assert held(read(tmp_path, head, body)[0]) == wanted()
