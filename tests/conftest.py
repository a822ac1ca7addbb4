"""Shared by all tests: which are left out, in what order, and what is made once."""

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path

import nbformat
import pytest
from hypothesis import settings
from material.strange import of_a_stranger

from ecrm_helpers.cli import main
from ecrm_helpers.compendium.plan.notebook import declared
from ecrm_helpers.compendium.plan.stamps import alone
from ecrm_helpers.printed import speaking

ROOT = Path(__file__).resolve().parents[1]
#: Of Chromium: no sandbox as root, and no business of its own with the network.
FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-sync "
FLAGS += "disable-background-networking disable-component-update"
BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: Those that the published material is made by; the others need other hypotheses.
NOTEBOOKS = [book for book in BOOKS if declared(book, "produces")]


#: Files of tests are kept compiled, whatever the shell says: compiling them anew,
#: in each worker, is a quarter of what it costs to collect them.
sys.dont_write_bytecode = False

#: Tries every law as often as it says.
LONG = bool(os.environ.get("ECRM_LONG"))


def in_language(edition, function, *values, **named):
    """Call a function while a language is spoken."""
    with speaking(edition):
        return function(*values, **named)


def often(examples):
    """Give a fifth of a law's examples, a tenth with ``--quick``.

    No fewer than ten, or five, where there are more.
    """
    part = 10 if "ECRM_QUICK" in os.environ else 5
    return examples if LONG else min(examples, max(50 // part, examples // part))


#: Fixtures that read the pages of both editions, or those of the invented answers;
#: each is made once for all workers. And all that make something.
SHARED = {"output"}, {"of_synthetic"}
READING = set().union(*SHARED)
MAKING = READING | {"project", "whole"}
#: Files that share what one of them has, and so go to one worker: what a browser
#: measured on every page, the package's sources, parsed, and all pairs that fit.
TOGETHER = {
    f"tests/{file}.py": shared
    for shared, files in {
        "seen": "pages/test_accessibility pages/test_pages pages/test_phone",
        "sources": "printed/test_words printed/test_told project/test_shape",
        "pairs": "statistics/robustness/test_pairs "
        "statistics/robustness/test_statistics",
    }.items()
    for file in files.split()
}
#: The order of files of tests: see `pytest_collection_modifyitems`.
FIRST, MAKES, READS, SLOW, REST = range(5)


def pytest_addoption(parser):
    """Let ``--quick`` leave out what takes long."""
    said = "leave out what makes pages, runs notebooks or takes long"
    parser.addoption("--quick", action="store_true", help=said)


def pytest_configure(config):
    """Let the laws know how often they are tried, before they are read.

    A slow machine fails no law: no example has a deadline.
    """
    if config.getoption("quick"):
        os.environ["ECRM_QUICK"] = "1"
    settings.register_profile(
        "ours", max_examples=often(100), derandomize=True, deadline=None
    )
    settings.load_profile("ours")


def pytest_collection_modifyitems(config, items):
    """Mark what makes something; put what takes long before what does not.

    The first file that reads pages that are shared makes them; the other files that
    read them come when they are there, so that no worker waits for another.
    """
    for item in items:
        if MAKING & _fixtures(item):
            item.add_marker("made")
        if item.get_closest_marker("made"):
            item.fixturenames.insert(0, "kernels")
    if config.getoption("quick"):
        left_out = [item for item in items if _turn(item) != REST]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _turn(item) == REST]
    found = {}
    for item in items:
        found.setdefault(item.path, set()).add(_turn(item))
    turns = {path: READS if READS in of else min(of) for path, of in found.items()}
    for shared in SHARED:
        reading = [item.path for item in items if shared & _fixtures(item)]
        turns |= dict.fromkeys(reading[:1], FIRST)
    items.sort(key=lambda item: turns[item.path])


def _turn(item):
    if item.get_closest_marker("made"):
        return READS if READING & _fixtures(item) else MAKES
    return SLOW if item.get_closest_marker("slow") else REST


def _fixtures(item):
    return set(getattr(item, "fixturenames", ()))


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_xdist_auto_num_workers(config):
    """Give each processor a worker, and one more where browsers are waited for."""
    from xdist.plugin import pytest_xdist_auto_num_workers as processors

    return processors(config) + (not config.getoption("quick"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give a worker whole files; those that share something go together."""
    from xdist.scheduler import LoadFileScheduling

    class Files(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            return TOGETHER.get(file, file)

    return Files(config, log)


def pytest_runtest_setup(item):
    """Skip by name what needs a program that is missing; in CI that fails."""
    for mark in item.iter_markers("needs"):
        program, package = mark.args
        if shutil.which(program) is None:
            missing_here(f"{program} is missing (Debian: sudo apt install {package})")


def missing_here(reason):
    """Skip with a reason; in CI that fails."""
    if os.environ.get("ECRM_FORBID_SKIPS"):
        pytest.fail(f"{reason}, and skips are forbidden here")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def no_language_is_left_chosen(monkeypatch):
    """Let a notebook's language, run in a test, end with the test."""
    monkeypatch.setattr(sys.modules["ecrm_helpers.printed.words"], "_chosen", [])


@pytest.fixture
def english(monkeypatch):
    """Let the shell speak English."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def thesis():
    """Give the thesis's text: ECRM_THESIS, or ../shared beside the checkout."""
    beside = ROOT.parent / "shared/thesis/thesis.md"
    path = Path(os.environ.get("ECRM_THESIS", beside))
    if not path.exists():
        reason = f"the thesis's text is not at hand ({path}); set ECRM_THESIS"
        missing_here(reason)
    return path


@pytest.fixture(scope="session")
def kernels():
    """Let kernels come from one process, which loads its libraries for the first."""
    from ecrm_helpers.compendium.run import kernel
    from ecrm_helpers.programs import FORKS, Nursery, nursery

    class Later(Nursery):
        def __init__(self):
            self.opened = []

        def ask(self, **what):
            if not self.opened:
                self.opened.append(stack.enter_context(nursery(kernel.LOADED)))
            return self.opened[0].ask(**what)

    with ExitStack() as stack:
        kernel._open.extend([Later()] if FORKS else [])
        yield
        kernel._open.clear()


@pytest.fixture
def python(kernels):
    """Do in a forked process what Python does with these arguments."""
    from ecrm_helpers.compendium.run import kernel
    from ecrm_helpers.programs import surroundings

    def called(*arguments, cwd=ROOT):
        words = list(map(str, arguments))
        if kernel._open:
            return kernel._open[-1].run(words, cwd, surroundings())
        command, both = [sys.executable, *words], {"stderr": subprocess.STDOUT}
        done = subprocess.run(
            command, cwd=cwd, env=surroundings(), stdout=subprocess.PIPE, **both
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")

    return called


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Make a folder once for all workers of a run: the first makes, others wait."""
    own = tmp_path_factory.getbasetemp()
    whole_run = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own

    def made(name, make):
        place = whole_run / "once" / name
        with alone(place, lambda: None):
            if not (place / "made").exists():
                shutil.rmtree(place / "it", ignore_errors=True)  # of one that failed
                (place / "it").mkdir()
                make(place / "it")
                (place / "made").touch()
        return place / "it"

    return made


@pytest.fixture(params=BOOKS, ids=lambda path: path.stem)
def notebook(request):
    """Give each notebook in turn."""
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(scope="session")
def output(tmp_path_factory):
    """Make both editions once for all tests, in the checkout; give their folder.

    In a home full of settings, of which nothing shall be seen. Whoever comes second
    waits at the run's own lock and finds all up to date.
    """
    home = tmp_path_factory.mktemp("strange") / "home"
    of_a_stranger(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        assert main(["reproduce", "--edition", "all"]) == 0
    return ROOT / "output"


#: What pages are made from.
MADE_FROM = ("notebooks", "data", "study.yml", "requirements.lock", "CITATION.cff")


@pytest.fixture(scope="session")
def of_synthetic(once):
    """Make both editions of the invented answers, without Word files and PDF."""
    given = ["--accept", "earlier_version", "--accept", "double"]

    def make(folder):
        for name in MADE_FROM:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, folder / name)
        file = str(folder / "data/synthetic/export.csv")
        asked = ["reproduce", "--project", str(folder), "--survey", file, *given]
        with unprinted("docx", "pdf"):
            assert main([*asked, "--edition", "all"]) == 0

    return once("synthetic", make) / "output"


@pytest.fixture(scope="session")
def index(output):
    """Give the place of an edition's index."""
    return lambda edition: output / edition / "index.html"


@contextmanager
def unprinted(*formats):
    """Let runs leave what is for Word or for print empty: it is tested elsewhere."""
    from ecrm_helpers.compendium.run import reproduce

    with pytest.MonkeyPatch.context() as patch:
        for name in formats:
            room = import_module(f"ecrm_helpers.compendium.render.{name}")
            patch.setattr(room, "from_paper", lambda *_, **__: b"")
        patch.setattr(reproduce, "_kernels", nullcontext)  # pages made here
        yield


@contextmanager
def chromium():
    """Start Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[f"--{flag}" for flag in FLAGS.split()],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser(index):
    """Start a browser once for a file of tests, when the pages are made."""
    with chromium() as browser:
        yield browser
