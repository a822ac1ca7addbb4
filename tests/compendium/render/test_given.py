"""A page shows the parameters that a run was given, and where they differ."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from ecrm_helpers.compendium.render.exporters import ThesisHTMLExporter

DECLARED = 'edition = "fr"\ndata = "a.csv"\nalpha = 0.05'


def page(edition, injected):
    cells = [
        nbformat.v4.new_markdown_cell("# 1. A", id="title"),
        nbformat.v4.new_code_cell(
            DECLARED, id="parameters", metadata={"tags": ["parameters"]}
        ),
    ]
    if injected:
        cells.append(
            nbformat.v4.new_code_cell(
                "# Parameters\n" + injected,
                id="injected-parameters",
                metadata={"tags": ["injected-parameters"]},
            )
        )
    book = nbformat.v4.new_notebook(cells=cells)
    before = nbformat.writes(book)
    html, _ = ThesisHTMLExporter(edition=edition).from_notebook_node(book)
    assert nbformat.writes(book) == before
    soup = BeautifulSoup(html, "html.parser")
    (code,) = (c.get_text() for c in soup.select("pre code") if "alpha" in c.get_text())
    return code, soup.main.get_text().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        ("en", "Values given for this run, not those that the notebook declares"),
        ("fr", "Valeurs données pour cette exécution"),
    ],
)
def test_given_values_stand_in_place_of_the_declared_and_are_named(edition, said):
    given = f'edition = "{edition}"\nalpha = 0.01\ndata = "my.csv"'
    code, text = page(edition, given)
    assert code == f'edition = "{edition}"\ndata = "my.csv"\nalpha = 0.01'
    assert said in text
    declared = {"en": "declared: 0.05", "fr": "déclaré : 0.05"}[edition]
    assert f"alpha = 0.01 ({declared})" in text
    assert "my.csv" in text
    assert "a.csv" in text


@pytest.mark.parametrize(
    "given", ["", 'edition = "en"', 'edition = "en"\nalpha = 0.05']
)
def test_the_language_and_what_is_as_declared_are_not_named(given):
    code, text = page("en", given)
    assert f'edition = "{"en" if given else "fr"}"' in code
    assert "Values given" not in text
    assert "declared" not in text
