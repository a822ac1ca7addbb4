"""What each page would do first, done once in the process that others are forked from.

Phrases are read, schemas, templates and patterns compiled: half a second a page.
"""

from nbformat import v4

from ecrm_helpers.compendium.render.exporters import ThesisHTMLExporter
from ecrm_helpers.compendium.render.paper import on_paper

_CELLS = [v4.new_markdown_cell("# A\n\n## B\n\nC"), v4.new_code_cell("1")]
_made = ThesisHTMLExporter().from_notebook_node(v4.new_notebook(cells=_CELLS))
on_paper([_made[1]["page"]])
