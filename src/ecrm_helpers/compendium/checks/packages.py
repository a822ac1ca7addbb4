"""Packages as they were installed: no file of theirs was edited since."""

import base64
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
        for file in package.files or ():
            tests = "tests" in file.parts
            if file.hash is None or file.suffix not in _CODE or tests:
                continue
            try:
                with open(file.locate(), "rb") as content:
                    found = hashlib.file_digest(content, file.hash.mode).digest()
            except OSError:
                found = b""
            if base64.urlsafe_b64encode(found).decode().rstrip("=") != file.hash.value:
                yield str(file)
