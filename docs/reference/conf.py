"""The API reference, made from the docstrings: make docs.

A room whose face names what is public has one page; of the others each module
has one. Formulas become MathML, so that pages ask nothing of any other site.
"""

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import GenericAlias

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

ROOMS = ("statistics", "answers", "ledger", "interview", "study", "printed")

project = "ecrm_helpers"
html_title = "ecrm_helpers: what the package offers"
extensions = ["sphinx.ext.autodoc", "numpydoc"]
default_role = "py:obj"
add_module_names = False
autodoc_typehints_format = "short"
maximum_signature_line_length = 80
numpydoc_show_class_members = False
html_theme = "alabaster"
html_math_renderer = "mathml"
html_show_sphinx = html_copy_source = False

PAGE = """{title}
{line}

.. automodule:: {title}
   :members:
   :undoc-members:
"""
INDEX = """What the package offers
=======================

.. toctree::
   :maxdepth: 1

   {pages}
"""


def pages(name: str) -> dict[str, str]:
    """Give the modules of a room that have a page, and what else is on it."""
    room = importlib.import_module(name)
    if hasattr(room, "__all__"):
        # Constants and types from elsewhere, which autodoc leaves out.
        named = {part: getattr(room, part) for part in room.__all__}
        also = "".join(
            f"\n.. py:data:: {part}\n   :value: {value!r}\n"
            for part, value in named.items()
            if not inspect.isroutine(value) and not inspect.isclass(value)
        )
        return {name: f"   :imported-members:\n{also}"}
    every = {name: ""}
    for part in pkgutil.iter_modules(getattr(room, "__path__", ()), f"{name}."):
        every |= pages(part.name)
    return every


def write_sources(app: Sphinx, config: Config) -> None:
    """Write an index, and for each page what shall be shown on it."""
    every = {k: v for room in ROOMS for k, v in pages(f"ecrm_helpers.{room}").items()}
    for name, also in every.items():
        text = PAGE.format(title=name, line="=" * len(name)) + also
        Path(app.srcdir, f"{name}.rst").write_text(text, encoding="utf-8")
    index = INDEX.format(pages="\n   ".join(every))
    Path(app.srcdir, "index.rst").write_text(index, encoding="utf-8")


def skipped(
    app: Sphinx, what: str, name: str, value: object, *_: object
) -> bool | None:
    """Leave out types such as ``tuple[int, str]``: numpydoc stumbles over them."""
    return isinstance(value, GenericAlias) or None


def visit_math(page: HTML5Translator, node: nodes.math | nodes.math_block) -> None:
    """Write a formula as MathML."""
    display = "block" if isinstance(node, nodes.math_block) else "inline"
    page.body.append(convert(node.astext(), display=display))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Let Sphinx write the sources first, and formulas as MathML."""
    app.connect("config-inited", write_sources)
    app.connect("autodoc-skip-member", skipped)
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math, None))
