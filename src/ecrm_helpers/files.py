"""The ground: where a project lies.

It imports what says its faults, and beside it only the standard library.
"""

from pathlib import Path

from ecrm_helpers.printed import Wrong

#: The file that makes a folder a project.
STUDY = "study.yml"

#: Options of xlsxwriter for workbooks whose texts stay texts: no formula, no link.
PLAIN_SHEETS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def project_folder(folder: Path | None = None) -> Path:
    """Find the folder of the project that one works on.

    Parameters
    ----------
    folder : path, optional
        The folder itself. Without one it is the nearest that holds
        ``study.yml``, upwards from where one stands; never the place that the
        package was installed in.

    Returns
    -------
    path

    Raises
    ------
    Wrong
        There is none.
    """
    here = Path(folder or ".").resolve()
    tried = [here] if folder else [here, *here.parents]
    found = next((place for place in tried if (place / STUDY).is_file()), None)
    if found is None:
        key = "no_project_there" if folder else "no_project"
        raise Wrong(key, folder=here, name=STUDY)
    return found
