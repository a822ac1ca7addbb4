"""Every room has an order: a contract that names all its modules."""

import tomllib

from conftest import ROOT

SOURCES = ROOT / "src"
#: A room of so few modules needs no order of its own.
FEW = 4


def modules(room):
    """Give the names of a room's modules and rooms."""
    inside = [path for path in room.iterdir() if path.name != "__init__.py"]
    files = [path.stem for path in inside if path.suffix == ".py"]
    return [*files, *(p.name for p in inside if (p / "__init__.py").exists())]


def test_every_room_of_more_than_four_modules_has_an_exhaustive_order():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    orders = [c for c in contracts if c["type"] == "layers"]
    assert all(order["exhaustive"] for order in orders)
    ordered = {room for order in orders for room in order["containers"]}
    rooms = [mark.parent for mark in SOURCES.rglob("__init__.py")]
    large = [room for room in rooms if len(modules(room)) > FEW]
    names = {".".join(room.relative_to(SOURCES).parts) for room in large}
    assert len(names) > 10
    assert names - ordered == set()
