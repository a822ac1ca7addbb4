"""What is made of a page is made from one reading of it."""

import re

import pytest
from bs4 import BeautifulSoup
from material.small_runs import run

pytestmark = pytest.mark.made


def test_a_page_is_read_when_it_is_made_and_when_the_chapter_is_set(
    project, monkeypatch
):
    """By nbconvert, once for all that is made of it, and once for the chapter.

    The chapter reads it from its file, since a page that is fresh is not made.
    """
    read, parse = [], BeautifulSoup.__init__

    def noted(self, markup="", *arguments, **options):
        read.extend([markup] if "<main" in markup else [])
        parse(self, markup, *arguments, **options)

    monkeypatch.setattr(BeautifulSoup, "__init__", noted)
    run(project)
    for name in ("01_a", "02_b", "03_c"):
        assert sum(bool(re.search(f"<h1[^>]*>{name}", page)) for page in read) == 3
    around = ("index", "gallery", "report")
    assert len(read) == 3 * 3 + len(around)
