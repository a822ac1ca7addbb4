"""The real Taguette, started without a browser on 127.0.0.1, spoken to by HTTP.

It needs older releases of SQLAlchemy and bleach than the compendium, so it
lives in an environment of its own, made once from a lock with hashes.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from bs4 import BeautifulSoup

from ecrm_helpers.compendium.plan.stamps import alone

ROOT = Path(__file__).resolve().parents[3]
HOME = ROOT / ".venv-taguette"
LOCK = Path(__file__).parent / "requirements.lock"


def installed():
    """Give Taguette's command, its environment made where it is not there."""
    programs = HOME / "env" / ("Scripts" if os.name == "nt" else "bin")
    stamp = HOME / "made-from"
    with alone(HOME, lambda: None):  # tests run side by side
        if not stamp.exists() or stamp.read_bytes() != LOCK.read_bytes():
            uv = [sys.executable, "-m", "uv"]
            subprocess.run(
                [
                    *uv,
                    "venv",
                    "--quiet",
                    "--clear",
                    "--python",
                    sys.executable,
                    HOME / "env",
                ],
                check=True,
            )
            sync = [*uv, "pip", "sync", "--quiet", "--require-hashes"]
            python = programs / "python"
            subprocess.run([*sync, "--python", python, LOCK], check=True)
            stamp.write_bytes(LOCK.read_bytes())
    return programs / "taguette"


class Server:
    """A running Taguette; every path starts at its root."""

    def __init__(self, address, token):
        self.address = address
        self.cookies = CookieJar()
        # Straight to this machine, whatever proxy the shell names.
        self.opener = build_opener(HTTPCookieProcessor(self.cookies), ProxyHandler({}))
        self.get(f"/?token={token}")
        self.get("/project/new")  # sets the cookie that forms must repeat

    def get(self, path):
        with self.opener.open(self.address + path, timeout=30) as reply:
            return reply.read()

    def post(self, path, body, content_type):
        (xsrf,) = [c.value for c in self.cookies if c.name == "_xsrf"]
        headers = {"Content-Type": content_type, "X-XSRFToken": xsrf}
        request = Request(self.address + path, body, headers)
        with self.opener.open(request, timeout=60) as reply:
            return reply.geturl(), reply.read()

    def json(self, path, /, **values):
        body = json.dumps(values).encode()
        return json.loads(self.post(path, body, "application/json")[1])

    def project(self, name):
        body = urlencode({"name": name, "description": ""}).encode()
        page, _ = self.post("/project/new", body, "application/x-www-form-urlencoded")
        return int(page.rsplit("/", 1)[1])

    def upload(self, path, filename, content, kind, **fields):
        mark = uuid.uuid4().hex
        start = f"--{mark}\r\nContent-Disposition: form-data; "
        parts = [
            f'{start}name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
        ]
        parts.append(
            f'{start}name="file"; filename="{filename}"\r\nContent-Type: {kind}\r\n\r\n'
        )
        body = "".join(parts).encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.post(path, body, f"multipart/form-data; boundary={mark}")[1]

    def document(self, project, name, page):
        """Add a page of HTML: for plain text it would need Calibre."""
        reply = self.upload(
            f"/api/project/{project}/document/new",
            f"{name}.html",
            page.encode(),
            "text/html",
            name=name,
            description="",
        )
        return json.loads(reply)["created"]

    def codebook(self, project, table):
        """Import a codebook and confirm it; give each tag's number by its name."""
        path = f"/project/{project}/import_codebook"
        shown = self.upload(path, "codebook.csv", table, "text/csv")
        form = BeautifulSoup(shown, "html.parser").find_all(
            "input", attrs={"name": True}
        )
        given = {field["name"]: field.get("value", "on") for field in form}
        body = urlencode(given).encode()
        self.post(path, body, "application/x-www-form-urlencoded")
        page = self.get(f"/project/{project}").decode()
        tags = json.loads(re.search(r"var tags = (.*);", page)[1])
        return {tag["path"]: tag["id"] for tag in tags.values()}

    def text(self, project, document):
        """Give a document's text as its offsets count it: without the tags."""
        reply = self.get(f"/api/project/{project}/document/{document}/contents")
        page = "".join(part["contents"] for part in json.loads(reply)["contents"])
        return BeautifulSoup(page, "html.parser").get_text()


@contextmanager
def running(folder):
    """Run Taguette on a free port, its database and its home in a folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8"}
    log = folder / "taguette.log"
    arguments = ["--no-browser", "--bind", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [installed(), *arguments, "--database", folder / "db"],
            env=environment,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        yield Server(address, _token(log, process, address))
    finally:
        process.terminate()
        process.wait(30)


def _token(log, process, address):
    """Wait until it answers; give the token that it prints."""
    opener = build_opener(ProxyHandler({}))
    for _ in range(300):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        found = re.search(r"\?token=(\w+)", log.read_text(encoding="utf-8"))
        try:
            opener.open(f"{address}/health", timeout=5).close()
        except URLError:
            found = None
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"no answer: {log.read_text(encoding='utf-8')}")
