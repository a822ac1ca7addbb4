"""The pages as a browser shows them: they ask for nothing and fit their window."""

import pytest

pytestmark = pytest.mark.needs("chromium", "chromium")

MEASURE = """() => ({
  wide: document.documentElement.scrollWidth - innerWidth,
  broken: [...document.images].filter(i => !i.naturalWidth).length,
  unnamed: [...document.images].filter(i => !i.alt).length,
  images: document.images.length,
  height: document.querySelector("main").getBoundingClientRect().height,
})"""


@pytest.mark.parametrize("width", [1280, 500])
def test_pages_fit_their_window_and_load_nothing(pages, opened, width):
    for path in pages:
        page = opened(path, viewport={"width": width, "height": 900})
        seen = page.evaluate(MEASURE)
        assert seen["wide"] <= 0, (path, seen)
        assert (seen["broken"], seen["unnamed"]) == (0, 0), (path, seen)
        assert seen["height"] > 500, (path, seen)
        assert page.asked == [path.as_uri()], path


def test_a_page_that_asks_for_something_is_noticed(pages, opened, tmp_path):
    html = pages[0].read_text(encoding="utf-8")
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(html.replace("</main>", '<img src="x.png"></main>'), "utf-8")
    page = opened(spoilt)
    assert page.asked == [spoilt.as_uri(), (tmp_path / "x.png").as_uri()]
    assert page.evaluate(MEASURE)["broken"] == 1


def test_the_pages_show_their_figures(output, opened):
    def images(name):
        return opened(output / name).evaluate(MEASURE)["images"]

    assert images("fr/html/01_descriptives.html") == 4
    assert images("en/html/03_h3_anova.html") == 3
