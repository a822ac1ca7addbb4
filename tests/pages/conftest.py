"""Every page of both editions, opened in a browser."""

import pytest
from conftest import NOTEBOOKS


@pytest.fixture(scope="session")
def pages(output):
    """List every page of both editions."""
    found = sorted(output.glob("??/**/*.html"))
    names = {path.relative_to(output).as_posix() for path in found}
    parts = ["index", "reviewer-report", "html/errata", "html/dictionary"]
    parts += ["html/gallery", *(f"html/{book.stem}" for book in NOTEBOOKS)]
    assert {f"{e}/{part}.html" for e in ("fr", "en") for part in parts} <= names
    return found


@pytest.fixture
def opened(browser):
    """Open one page at a time, without its policy; note what it asks for."""
    contexts = []

    def open_page(path, **options):
        while contexts:
            contexts.pop().close()
        contexts.append(browser.new_context(bypass_csp=True, **options))
        page = contexts[-1].new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
