"""The pages as a browser shows them: they ask for nothing and fit their window."""

import pytest
from pages.measured import MEASURE, WIDTHS

pytestmark = pytest.mark.needs("chromium", "chromium")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_their_window_and_load_nothing(seen, width):
    for path, page in seen.items():
        found = page[width]
        assert found["wide"] <= 0, (path, found)
        assert (found["broken"], found["unnamed"]) == (0, 0), (path, found)
        assert found["height"] > 500, (path, found)
        assert page["asked"] == [path.as_uri()], path


def test_a_page_that_asks_for_something_is_noticed(pages, opened, tmp_path):
    html = pages[0].read_text(encoding="utf-8")
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(html.replace("</main>", '<img src="x.png"></main>'), "utf-8")
    page = opened(spoilt)
    assert page.asked == [spoilt.as_uri(), (tmp_path / "x.png").as_uri()]
    assert page.evaluate(MEASURE)["broken"] == 1


def test_the_pages_show_their_figures(output, seen):
    def images(name):
        return seen[output / name][WIDTHS[0]]["images"]

    assert images("fr/html/01_descriptives.html") == 4
    assert images("en/html/03_h3_anova.html") == 3
