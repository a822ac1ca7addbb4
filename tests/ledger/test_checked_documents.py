"""The same results in every kind of document, with places that a reader finds."""

import pypandoc
import pytest
import typst

from ecrm_helpers.ledger.checked_text import check, read_blocks

SOURCE = """\
Ici *t*~28~ = 2,20 ; *p* = 0,036.

| Source | F | df | p |
|---|---|---|---|
| A | 6.98 | 1, 71 | .010 |
| B | 6.98 | 1, 71 | .400 |

Stat: F(1, 71) = 6.98, p < 10^-3^.
"""
TEX = r"Ici $t_{28} = 2{,}20$ ; $p = 0{,}036$, $\chi^2(1) = 4.10$, $p = .043$."
TYPST = """\
Ici t(28) = 2,20 ; p = 0,036.

#table(columns: 4, stroke: none, column-gutter: 2em,
  [Source], [F], [ddl], [Sig.],
  [Intergroupes], [6,980], [1], [,010],
  [Intragroupes], [], [71], [],
)
#pagebreak()
Puis χ²(1) = 4,10 ; p = 0,430.
"""


@pytest.mark.parametrize("kind", ["md", "html", "tex", "odt", "docx"])
def test_text_and_tables_are_read_alike_in_each_kind(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    if kind == "md":
        path.write_text(SOURCE, encoding="utf-8")
    else:
        form = {"tex": "latex"}.get(kind, kind)
        pypandoc.convert_text(SOURCE, form, "markdown", outputfile=str(path))
    found = check(read_blocks(path))
    assert [(f.test, f.verdict) for f in found] == [
        ("t", "consistent"),
        ("F", "consistent"),
        ("F", "decision_error"),
        ("F", "inconsistent"),
    ]
    assert [(f.place.table, f.place.row) for f in found[1:3]] == [(1, 2), (1, 3)]
    assert found[0].place.words.startswith("Ici t₂₈ = 2,20")
    assert found[2].place.words.startswith("B ; 6.98")


def test_mathematics_of_latex_is_read(tmp_path):
    (tmp_path / "a.tex").write_text(TEX, encoding="utf-8")
    found = check(read_blocks(tmp_path / "a.tex"))
    assert [(f.test, f.verdict) for f in found] == [
        ("t", "consistent"),
        ("chi2", "consistent"),
    ]


EQUATIONS = r"""
Une équation $t(28) = 2{,}20$, $p = 0{,}036$, puis $t_{28} = 2.20$, $p = .400$.

$$\chi^2(1) = 4.10, p < .001$$

Seul : $p < 10^{-3}$.

| Source | F | ddl | p |
|--------|---|-----|---|
| A | $6.98$ | $1, 71$ | $.010$ |
"""


@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_equations_as_pandoc_writes_them_are_read(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    pypandoc.convert_text(EQUATIONS, kind, "markdown", outputfile=str(path))
    found = check(read_blocks(path))
    assert [(f.test, f.df, f.said, f.verdict) for f in found] == [
        ("t", (28.0,), "= 0.036", "consistent"),
        ("t", (28.0,), "= 0.4", "decision_error"),
        ("chi2", (1.0,), "< 0.001", "inconsistent"),
        ("", (), "< 0.001", "not_read"),
        ("F", (1.0, 71.0), "= 0.01", "consistent"),
    ]


def test_lowered_degrees_are_read_where_a_pdf_has_lost_their_mark(tmp_path):
    source = "$t_28 = 2.20$, $p = .036$ ; $F_(1,71) = 6.98$, $p = .010$"
    (tmp_path / "a.typ").write_text(source, encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    spaced = ["t 28 = 2.20, p = .036 ; F 1,71 = 6.98, p = .010"]
    for found in (check(read_blocks(tmp_path / "a.pdf")), check(spaced)):
        assert [(f.test, f.df, f.verdict) for f in found] == [
            ("t", (28.0,), "consistent"),
            ("F", (1.0, 71.0), "consistent"),
        ]


def test_a_pdf_is_read_page_by_page_with_its_tables(tmp_path):
    (tmp_path / "a.typ").write_text(TYPST, encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    found = check(read_blocks(tmp_path / "a.pdf"))
    assert [(f.test, f.df, f.verdict, f.place.page) for f in found] == [
        ("t", (28.0,), "consistent", 1),
        ("F", (1.0, 71.0), "consistent", 1),
        ("chi2", (1.0,), "decision_error", 2),
    ]


def test_a_number_of_a_heading_or_page_is_no_part_of_the_p_above_it(tmp_path):
    source = (
        "t(28) = 2,20 ; p = 0,036\n\n57 ans\n\nF(1, 71) = 6,98 ; p = 0,4\n\n4.2 Suite"
    )
    (tmp_path / "a.typ").write_text(source, encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    found = check(read_blocks(tmp_path / "a.pdf"))
    assert [f.verdict for f in found] == ["consistent", "decision_error"]


SPSS = """\
\tValeur\tddl\tSig. asymptotique (bilatérale)
Khi-deux de Pearson\t9,210a\t2\t,010
Rapport de vraisemblance\t9,210\t2\t,100
Nombre d'observations valides\t150\t\t

\tScore
U de Mann-Whitney\t312,500
Z\t-2,410
Sig. asymptotique (bilatérale)\t,016

\tF\tSig.\tt\tddl\tSig. (bilatéral)
Satisfaction\t,120\t,730\t2,640\t71\t,010

\tStatistique\tddl\tSig.
Score\t,970\t73\t,120
"""


def test_tables_of_spss_in_their_own_layouts(tmp_path):
    (tmp_path / "a.txt").write_text(SPSS, encoding="utf-8")
    found = check(read_blocks(tmp_path / "a.txt"))
    assert [(f.test, f.verdict, f.place.table) for f in found] == [
        ("chi2", "consistent", 1),
        ("chi2", "decision_error", 1),
        ("z", "consistent", 2),
        ("F", "not_recomputable", 3),
        ("t", "consistent", 3),
        ("", "not_read", 4),
    ]


#: As SPSS and jamovi print them; scipy: F(2, 57) = 4.56, p = .0145; χ²(3) = 12.34,
#: p = .0063; χ²(3) = 12.90, p = .0049; t(58) = 2.45, p = .0173; t(45.3), p = .0182.
PASTED = """\
ANOVA
Satisfaction
                  Somme des carrés   ddl   Carré moyen   F       Sig.
Intergroupes      25,342             2     12,671        4,560   {p}
Intragroupes      158,391            57    2,779
Total             183,733            59

Test du khi-deux
                               Valeur    ddl   Signification asymptotique (bilatérale)
khi-deux de Pearson            12,340a   3     ,006
Rapport de vraisemblance       12,901    3     ,050
N d'observations valides       120

 Independent Samples T-Test
 ─────────────────────────────────────────────────
                            Statistic    df      p
 ─────────────────────────────────────────────────
   score    Student's t          2.45    58.0    0.017
            Welch's t            2.45    45.3    0.180
 ─────────────────────────────────────────────────
"""


@pytest.mark.parametrize(("p", "verdict"), [(",015", "consistent"), (",150", "wrong")])
def test_pasted_tables_are_read_under_their_titles(tmp_path, p, verdict):
    (tmp_path / "a.txt").write_text(PASTED.format(p=p), encoding="utf-8")
    found = check(read_blocks(tmp_path / "a.txt"))
    assert [(f.test, f.verdict) for f in found] == [
        ("F", {"wrong": "decision_error"}.get(verdict, verdict)),
        ("chi2", "consistent"),
        ("chi2", "inconsistent"),
        ("t", "consistent"),
        ("t", "decision_error"),
    ]
