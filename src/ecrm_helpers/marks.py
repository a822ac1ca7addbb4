"""Lines of a YAML file: where a key stands, and which keys are given twice.

One of the lowest floors: it imports nothing else from this package.
"""

from collections.abc import Iterator

import yaml

#: A place in the file, by keys and by numbers in lists.
Place = tuple[int | str, ...]


def given_twice(
    node: yaml.Node | None, where: Place = ()
) -> Iterator[tuple[int, Place]]:
    r"""Find keys given twice, of which YAML would keep the last without a word.

    Examples
    --------
    >>> list(given_twice(yaml.compose("a: 1\nb: {c: 1, c: 2}")))
    [(2, ('b', 'c'))]
    """
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, (*where, key.value)
            seen.add(key.value)
            yield from given_twice(value, (*where, key.value))


def line_of(node: yaml.Node | None, where: Place) -> int:
    r"""Give the line of a place in the file, or of what it should stand in.

    Examples
    --------
    >>> tree = yaml.compose("a: 1\nb:\n  - 2\n  - 3")
    >>> line_of(tree, ("b", 1)), line_of(tree, ("b", "d"))
    (4, 2)
    """
    line = 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            pairs = [pair for pair in node.value if pair[0].value == str(step)]
            held = [(key.start_mark.line, value) for key, value in pairs]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            held = [(one.start_mark.line, one) for one in node.value[step : step + 1]]
        else:
            held = []
        if not held:
            break
        line, node = held[0][0] + 1, held[0][1]
    return line
