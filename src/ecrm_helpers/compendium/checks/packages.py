"""Packages as they were installed: no file of theirs was edited since."""

import base64
import csv
import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions

#: Endings of what computes. Certificates and settings are a machine's own affair.
_CODE = (".py", ".so", ".pyd", ".dylib", ".dll")


def altered(packages: Iterable[Distribution] | None = None) -> Iterator[str]:
    """Name each file that is not what its package's own record says.

    Parameters
    ----------
    packages : iterable of Distribution, optional
        All of this environment where none are given: some 900 MB are read.

    Yields
    ------
    str
        The file of code, from the folder of packages. One that is gone is named
        too; not looked at are one of which no hash was recorded, and packages' own
        tests, which the installation takes out.

    Examples
    --------
    >>> from importlib.metadata import distribution
    >>> list(altered([distribution("pingouin")]))
    []
    """
    for package in distributions() if packages is None else packages:
        # Python 3.12 and newer leave files that are gone out of `files`.
        record = (package.read_text("RECORD") or "").splitlines()
        for name, held, _ in csv.reader(record):
            way, _, wanted = held.partition("=")
            tests = "tests" in name.split("/")
            if not held or not name.endswith(_CODE) or tests:
                continue
            try:
                with open(str(package.locate_file(name)), "rb") as content:
                    found = hashlib.file_digest(content, way).digest()
            except OSError:
                found = b""
            if base64.urlsafe_b64encode(found).decode().rstrip("=") != wanted:
                yield name
