"""Helps and refusals in the reader's language, argparse's own words included."""

import argparse
import ast
import inspect
from pathlib import Path

import pytest

from ecrm_helpers import cli
from ecrm_helpers.cli.shell.parser import OWN, VALUES
from ecrm_helpers.printed import language, say, words
from ecrm_helpers.printed.told import SYSTEM

SHELLS = {"fr": "fr_FR.UTF-8", "en": "C.UTF-8"}
#: Texts of argparse, from 3.11 to 3.14, that only who writes a parser can meet, that
#: ours replaces, or that ask for what no verb has: a version, defaults, old options.
PROGRAMMERS = {
    " (default: %(default)s)",
    "%(heading)s:",
    "%(prog)s: warning: %(message)s\n",
    "argument '%(argument_name)s' is deprecated",
    "command '%(parser_name)s' is deprecated",
    "option '%(option)s' is deprecated",
    "show program's version number and exit",
    ".__call__() not defined",
    "%(prog)s: error: %(message)s\n",
    "%r is not callable",
    "'required' is an invalid argument for positionals",
    'argument "-" with mode %r',
    "can't open '%(filename)s': %(error)s",
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "conflicting option string: %s",
    "conflicting option strings: %s",
    "conflicting subparser alias: %s",
    "conflicting subparser: %s",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional",
    "unexpected option string: %s",
}


def flat(text):
    """Undo what breaking lines did, and no-break spaces."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def parsers(verb):
    """Give the parser of a verb, and those below it."""
    todo, found = [cli._parser(verb)], []
    while todo:
        parser = todo.pop()
        found.append(parser)
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                todo += action.choices.values()
    return [p for p in found if p.prog.split()[1:2] == ([verb] if verb else [])]


def keys(parser):
    """Give the keys of all that a parser's help says."""
    helps = [a.help for a in parser._actions if not isinstance(a, argparse._HelpAction)]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps += [each.help for each in action._choices_actions]
    groups = [g.title for g in parser._action_groups]
    titles = [t for t in groups if t not in ("positional arguments", "options")]
    return [*filter(None, [parser.description, *helps]), *titles]


@pytest.mark.parametrize("edition", SHELLS)
@pytest.mark.parametrize("verb", ["", *cli.VERBS])
def test_help_is_in_the_reader_s_language(verb, edition, monkeypatch):
    monkeypatch.setenv("LC_ALL", SHELLS[edition])
    monkeypatch.setenv("COLUMNS", "100")
    other = "en" if edition == "fr" else "fr"
    for parser in parsers(verb):
        with cli.own_words():
            text = flat(parser.format_help())
        for key in keys(parser):
            assert flat(say(key, edition)).replace("%%", "%") in text
            if len(say(key, other)) > 12 and say(key, other) not in say(key, edition):
                assert flat(say(key, other)).replace("%%", "%") not in text
        assert text.startswith(flat(say("parser_usage", edition)))
        assert say("parser_help", edition) in text
        assert say("parser_help", other) not in text


def test_every_text_of_argparse_has_a_phrase():
    tree = ast.parse(inspect.getsource(argparse))
    own = {
        text.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext")
        for text in node.args
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }
    assert "the following arguments are required: %s" in own
    said = {say(key, "en") for key in OWN.values()}
    assert own - said - PROGRAMMERS == {"subcommands"} & own


@pytest.mark.parametrize("edition", SHELLS)
def test_help_and_refusals_follow_the_language_asked_for(edition, monkeypatch, capsys):
    other = "en" if edition == "fr" else "fr"
    monkeypatch.setenv("LC_ALL", SHELLS[other])
    for more, key in ((["--help"], "parser_help"), ([], "parser_required")):
        with pytest.raises(SystemExit):
            cli.main(["read", "--lang", edition, *more])
        said = "".join(capsys.readouterr())
        assert flat(say(key, edition)).partition("%")[0] in flat(said)
    assert language() == other


def test_argparse_is_left_as_it_was():
    before = argparse._, argparse.ngettext
    with cli.own_words():
        assert argparse._ is not before[0]
    assert (argparse._, argparse.ngettext) == before


def test_every_name_of_a_value_is_known_or_a_letter():
    names = set()
    for verb in cli.VERBS:
        for action in (a for p in parsers(verb) for a in p._actions):
            metavar = action.metavar or ()
            names |= set(metavar if isinstance(metavar, tuple) else [metavar])
    assert {n for n in names if len(n) > 1} <= {
        *map(str.upper, VALUES),
        "verb",
        "extract",
    }


#: Words of a shell, and what is to be said in each language.
REFUSALS = [
    ([], "il manque les arguments : verbe", "arguments are required: verb"),
    (["reproduse"], "valeur « reproduse » non permise", "invalid choice: 'reproduse'"),
    (["reproduce", "--jobs", "0"], "« 0 » n'est pas un nombre", "'0' is not a whole"),
    (["reproduce", "--jobs"], "--jobs : il faut une valeur", "--jobs: expected one"),
    (["reproduce", "-p", "x"], "il faut 2 valeurs", "expected 2 arguments"),
    (["verify", "--fast"], "arguments inconnus : --fast", "unrecognized arguments"),
    (
        ["verify", "--project", "."],
        "pas de study.yml dans ce dossier",
        "holds no study.yml; name the folder",
    ),
    (["verify"], "ni ce dossier ni aucun", "nor does any folder above it"),
    (["check-text", "x.png"], "ne sont pas lus", "are not read"),
    (
        ["qda", "import", "x.qdpx", "--to", "d"],
        "x.qdpx : illisible : fichier ou dossier absent",
        "no such file",
    ),
    (["qda", "import", "x.odt", "--to", "d"], "sont lus : .qdpx", "can be read: .qdpx"),
    (
        ["robustness", "--scale", "1", "7", "--group", "1"],
        "deux au moins",
        "two groups",
    ),
    (
        ["admissible", "--n", "1", "--mean", "3", "--sd", "1", "--scale", "1", "7"],
        "n vaut 1 ; il faut 2 réponses au moins",
        "n is 1; 2 answers or more are needed",
    ),
    (
        ["ledger", "extract", "--thesis", "no.md"],
        "fichier ou dossier absent",
        "no such",
    ),
    (
        ["data", "--export", "csv", "--derived"],
        "vont avec --export",
        "go with --export",
    ),
    (["notebooks"], "il faut l'un des arguments", "one of the arguments"),
]


@pytest.mark.parametrize("edition", SHELLS)
@pytest.mark.parametrize(("asked", "french", "english"), REFUSALS)
def test_a_refusal_is_in_the_reader_s_language(
    asked, french, english, edition, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", SHELLS[edition])
    try:
        status = cli.main(asked)
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr().err
    right, wrong = (french, english) if edition == "fr" else (english, french)
    assert status == 2
    assert said.startswith("erreur" if edition == "fr" else "error: ")
    assert right in flat(said)
    assert wrong not in flat(said)
    assert list(tmp_path.iterdir()) == []


def test_french_punctuation_stays_with_its_word(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    cli.main(["verify"])
    assert f"erreur\N{NO-BREAK SPACE}: {Path.cwd()}\N{NO-BREAK SPACE}: " in (
        capsys.readouterr().err
    )


def test_the_language_asked_for_goes_before_the_shell_s(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert cli.main(["check-text", "x.png", "--lang", "fr"]) == 2
    assert capsys.readouterr().err.startswith("erreur")


def test_verbs_have_phrases():
    assert set(cli.VERBS.values()) | set(SYSTEM.values()) <= words().keys()
