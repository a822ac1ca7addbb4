"""JupyterLab's own commands, driven by a browser: each is awaited, none is timed.

They are those behind its menus; that a command is over is known from what it
promises, however slow the machine is.
"""

import json

#: Longer than anything takes on a machine that does much else.
PATIENCE = 240

_WITHIN = """async ([path, seconds]) => {
    const app = window.jupyterapp;
    const work = async () => {%s};
    let timer;
    const late = new Promise((_, no) => {
        timer = setTimeout(() => no(new Error('not within ' + seconds + ' s')),
                           1000 * seconds);
    });
    try { return await Promise.race([work(), late]); } finally { clearTimeout(timer); }
}"""

#: A notebook in front, its kernel there and answering.
_READY = """
    const until = async found => {
        while (!found()) { await new Promise(go => setTimeout(go, 50)); }
        return found();
    };
    const front = () => app.shell.currentWidget;
    const named = () => front()?.context?.path?.endsWith(path) && front();
    const panel = await until(named);
    await panel.context.ready;
    await panel.revealed;
    await panel.sessionContext.ready;
    const kernel = await until(() => panel.sessionContext.session?.kernel);
    await kernel.info;
"""


def _does(page, what, path):
    return page.evaluate(_WITHIN % (_READY + what), [path, PATIENCE])


def ready(page, path):
    """Wait until a notebook is in front and its kernel answers."""
    _does(page, "", path.name)


def opened(page, server, path):
    """Load JupyterLab anew with one notebook; end other kernels, await its own."""
    page.evaluate("window.jupyterapp?.serviceManager.sessions.shutdownAll()")
    page.goto(f"{server}/lab/tree/{path}?reset")
    ready(page, path)


def save(page, path):
    """Save, and give the file as it is then."""
    _does(page, "await panel.context.save();", path.name)
    return path.read_bytes()


def run_all(page, path):
    """Run all cells, save, and give what they said: every one ran, without error."""
    run = "await app.commands.execute('notebook:run-all-cells');"
    _does(page, run, path.name)
    cells = json.loads(save(page, path))["cells"]
    code = [one for one in cells if one["cell_type"] == "code" and one["source"]]
    outputs = [output for cell in code for output in cell["outputs"]]
    failed = [one for one in outputs if one["output_type"] == "error"]
    waiting = [one["source"] for one in code if not one["execution_count"]]
    assert (failed, waiting) == ([], [])
    return json.dumps(outputs, ensure_ascii=False)


def command(page, path, name, **args):
    """Carry out a command of the menus on the notebook in front."""
    _does(page, f"await app.commands.execute('{name}', {json.dumps(args)});", path.name)


def sent(page, path, code):
    """Run code in the notebook's kernel; give its status and what went wrong."""
    asked = f"""
        const reply = await kernel.requestExecute({{code: {json.dumps(code)}}}).done;
        return [reply.content.status, reply.content.evalue ?? ''];
    """
    return _does(page, asked, path.name)
