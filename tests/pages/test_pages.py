"""The pages as a browser shows them: they ask for nothing and fit their window."""

import functools
import http.server
import json
import re
import shutil
import subprocess
import threading

import pytest
from conftest import NOTEBOOKS, ROOT

pytestmark = pytest.mark.needs("chromium", "chromium")

MEASURE = """<script>addEventListener("load", () => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const broken = [...document.images].filter(i => !i.naturalWidth).length;
  const unnamed = [...document.images].filter(i => !i.alt).length;
  const main = document.querySelector("main").getBoundingClientRect();
  document.title = JSON.stringify({wide, broken, unnamed,
    images: document.images.length, height: main.height});
});</script>"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory, output):
    """Serve both editions, with a script that measures, and note what is asked for."""
    folder = tmp_path_factory.mktemp("pages")
    found = sorted((ROOT / "output").glob("??/**/*.html"))
    for page in found:
        html = page.read_text(encoding="utf-8")
        html = re.sub(r'<meta content="default-src[^>]+>', "", html, count=1)
        place = folder / page.relative_to(ROOT / "output")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(html.replace("</head>", MEASURE + "</head>"), encoding="utf-8")
    asked = []

    class Noting(http.server.SimpleHTTPRequestHandler):
        def log_request(self, *_):
            asked.append(self.path)

    handler = functools.partial(Noting, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        names = [page.relative_to(ROOT / "output").as_posix() for page in found]
        yield f"http://127.0.0.1:{server.server_port}", names, asked
        server.shutdown()


def measure(url, width, profile):
    shutil.rmtree(profile, ignore_errors=True)
    flags = "headless no-sandbox disable-gpu disable-quic no-first-run disable-sync "
    flags += "disable-background-networking disable-component-update dump-dom"
    done = subprocess.run(
        ["chromium", *(f"--{flag}" for flag in flags.split()),
         f"--window-size={width},900", f"--user-data-dir={profile}",
         "--virtual-time-budget=3000", url],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return json.loads(re.search(r"<title>(\{.*?\})</title>", done.stdout)[1])


@pytest.mark.parametrize("width", [1280, 500])
def test_pages_fit_their_window_and_load_nothing(pages, tmp_path, width):
    base, names, asked = pages
    parts = ["index", "reviewer-report", "html/errata", "html/dictionary"]
    parts += [f"html/{book.stem}" for book in NOTEBOOKS]
    assert {f"{e}/{part}.html" for e in ("fr", "en") for part in parts} <= set(names)
    asked.clear()
    for name in names:
        seen = measure(f"{base}/{name}", width, tmp_path / "profile")
        assert seen["wide"] <= 0, (name, seen)
        assert (seen["broken"], seen["unnamed"]) == (0, 0), (name, seen)
        assert seen["height"] > 500, (name, seen)
    foreign = [path for path in asked if path not in {f"/{name}" for name in names}]
    assert [path for path in foreign if path != "/favicon.ico"] == []


def test_the_pages_show_their_figures(pages, tmp_path):
    base, names, _ = pages
    shown = {n: measure(f"{base}/{n}", 1280, tmp_path / "p")["images"] for n in names}
    assert shown["fr/html/01_descriptives.html"] == 4
    assert shown["en/html/03_h3_anova.html"] == 3
