"""Each page says only what the data behind it make true."""

import re

import pytest
from bs4 import BeautifulSoup
from material.given import SAID_OF_THE_THESIS
from pages.measured import FILES

pytestmark = pytest.mark.slow

#: Said of published values alone: answers that were given make it false.
PUBLISHED_ALONE = {
    "fr": r"reconstitu|jamais été publi|données? d.entrée|par construction|"
    r"sans la participation|jeux? de données possible|réponses inédites|"
    r"texte publié détermine|identifiée?s? par le texte|\b(134|2088) (jeux|couples)",
    "en": r"reconstruct|never published|built in(to the data)?\b|by construction|"
    r"without the participation|possible pair|unpublished|identified by|"
    r"\b(134|2088) (possible |)pairs",
}
#: Said of answers that were given: the published values do not make it true.
GIVEN_ALONE = {
    "fr": r"[Rr]éponses fournies|fichier (fourni|donné)|inventée|Le fichier contient",
    "en": r"[Aa]nswers (that were )?(supplied|given)|invented|The file holds",
}
INVENTED = {"fr": r"inventé|synthéti", "en": r"invented|synthetic"}


def told(path, besides=""):
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for part in page.select("pre, code, script, style, a[href$='.csv']" + besides):
        part.decompose()
    text = re.sub(r"data/\S+", "", page.get_text(" "))  # a file's name says nothing
    return re.sub(r"\s+", " ", text)


def edition(path):
    return next(part for part in reversed(path.parts[:-1]) if part in ("fr", "en"))


def said(pages, pattern, besides=""):
    return [
        (path.name, found[0])
        for path in pages
        if path.stem not in FILES
        for found in re.finditer(pattern[edition(path)], told(path, besides))
    ]


def every(home):
    found = sorted(home.glob("??/**/*.html"))
    assert len(found) > 14
    return found


def test_pages_of_given_answers_say_nothing_of_published_values_alone(of_synthetic):
    assert said(every(of_synthetic), PUBLISHED_ALONE) == []


def test_pages_of_an_author_s_own_answers_call_nothing_invented(of_own):
    assert len(of_own) == 4
    assert said(of_own, PUBLISHED_ALONE) == []
    assert said(of_own, INVENTED) == []


def test_only_the_band_and_the_notice_call_answers_invented(of_synthetic):
    """So an author's own answers, which have neither, are called invented nowhere.

    What tells of the data is left out here, and made anew above; the table of
    what the file holds gives that file's own reasons.
    """
    of_data = ("index", "reviewer-report", "errata", "gallery")
    pages = [path for path in every(of_synthetic) if path.stem not in of_data]
    assert len(pages) > 5
    marks = ", .band, .notice, #tab-audit, [id^=parameters]"
    assert said(pages, INVENTED, marks) == []


def test_every_figure_says_how_many_and_its_alternative_is_short(output, of_synthetic):
    figures = {}
    for path in (*every(output), *every(of_synthetic)):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for figure in page.select("figure"):
            figures[path, figure["id"]] = figure
    assert len(figures) > 60
    counted = r"\bN = \d|\d+ (jeux|possible|pairs)"
    for place, figure in figures.items():
        caption = re.sub(r"\s", " ", figure.figcaption.get_text())
        assert re.search(counted, caption), (place, caption)
        assert len(figure.img["alt"]) <= 300, place


@pytest.mark.made
def test_pages_of_published_values_say_nothing_of_given_answers(output):
    assert said(every(output), GIVEN_ALONE) == []


@pytest.mark.made
@pytest.mark.parametrize("of", ["fr", "en"])
def test_what_is_looked_for_on_other_pages_stands_on_those_of_its_kind(
    output, of_synthetic, of
):
    """Or looking for it would prove nothing."""
    published, given = (
        " ".join(told(path) for path in every(home) if edition(path) == of)
        for home in (output, of_synthetic)
    )
    unsaid = [
        words for words in SAID_OF_THE_THESIS[of] if not re.search(words, published)
    ]
    assert unsaid == []
    assert re.search(GIVEN_ALONE[of], given)
    assert re.search(PUBLISHED_ALONE[of], published)


def test_invented_answers_are_called_so_on_every_page_they_make(of_synthetic):
    pages = [p for p in every(of_synthetic) if p.stem not in FILES]
    unsaid = [p.name for p in pages if not re.search("(?i)synth", told(p))]
    assert [name for name in unsaid if name != "errata.html"] == []


@pytest.mark.made
def test_the_last_straight_apostrophe_is_in_code(output):
    """Nor is there a straight quotation mark in English."""
    for path in every(output):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for part in page.select("pre, code, script, style"):
            part.decompose()
        read = [page.get_text(" "), *(str(i["alt"]) for i in page.select("img[alt]"))]
        found = re.findall(r".{0,30}(?<=\w)'.{0,20}", " ".join(read))
        assert found == [], path
        if edition(path) == "en":
            assert '"' not in " ".join(read), path
