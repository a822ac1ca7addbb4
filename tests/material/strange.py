"""A user's settings at every place where programs look for some."""


def of_a_stranger(home):
    """Fill a home with settings that would change what is made.

    Parameters
    ----------
    home : Path
        Made here.

    Returns
    -------
    dict
        The variables that lead to these settings where no ``HOME`` does.
    """
    start = home / ".ipython/profile_default/startup"
    spec = home / ".local/share/jupyter/kernels/python3"
    charts, jupyter = home / ".config/matplotlib", home / ".jupyter"
    for folder in (start, spec, charts, jupyter):
        folder.mkdir(parents=True)
    (start / "00.py").write_text("import pandas; pandas.set_option('precision', 1)")
    (spec / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "x"}')
    (charts / "matplotlibrc").write_text("font.size: 22\n")
    (jupyter / "jupyter_config.py").write_text(
        "c.TemplateExporter.exclude_output = True\n"
        "c.ClearOutputPreprocessor.enabled = True\n"
    )
    (home / "start.py").write_text("raise SystemExit('started')")
    places = {"IPYTHONDIR": ".ipython", "JUPYTER_CONFIG_DIR": ".jupyter",
              "JUPYTER_PATH": ".local/share/jupyter", "XDG_CONFIG_HOME": ".config",
              "XDG_DATA_HOME": ".local/share", "PYTHONSTARTUP": "start.py",
              "MPLCONFIGDIR": ".config/matplotlib"}  # fmt: skip
    return {name: str(home / place) for name, place in places.items()}
