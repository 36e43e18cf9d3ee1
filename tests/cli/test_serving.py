"""`atelier serve` as people start it: what refuses to start, what runs, and that a PDF stops nobody."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time

import pytest

from bench.phones import Phone
from tests.support.apart import run_apart
from tests.support.running import RunningServer, free_port
from tests.support.simulation.browser import Browser, reachable

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path):
    server = RunningServer(tmp_path).start()
    yield server
    server.stop()


def test_the_state_says_that_it_runs(server):
    told = json.loads(Browser(server.base).get("/etat"))
    assert (told["state"], told["workshops"]) == ("ok", 0)
    assert told["storage"] == {"sessions": "ok", "exports": "ok", "refusing": 0}
    assert server.log.read_text().count("\n") == 3, "what people open, and nothing else"


def test_whoever_starts_it_twice_is_led_to_it(server, tmp_path):
    again = subprocess.run(
        [sys.executable, "-m", "atelier", "serve", "--no-open", "--port", str(server.port)],
        env=os.environ
        | {"ATELIER_SESSIONS": str(tmp_path / "sessions"), "ATELIER_EXPORTS": str(tmp_path / "exports")},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert f"L’Atelier tourne déjà sur cet ordinateur : http://localhost:{server.port}" in again.stdout


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("import sys; sys.modules['gevent'] = None", "Il manque gevent"),
        (
            "from atelier.live.transport import compat; compat.VERSIONS['python-engineio'] = '4.14.'",
            "pas dans cette version\u00a0: python-engineio 4.15",
        ),
        (
            "import wsproto.utilities as one; del one.generate_accept_token",
            "pas dans cette version\u00a0: wsproto.utilities.generate_accept_token",
        ),
    ],
)
def test_without_what_it_needs_it_does_not_start_and_says_so_in_one_sentence(tmp_path, broken, said):
    late = "gevent" not in broken
    program = (
        f"import sys; sys.argv = ['atelier', 'serve', '--no-open', '--port', '{free_port()}']\n"
        "from atelier import __main__ as entry\nfrom atelier.runtime import concurrency\n"
        + (
            f"take = concurrency.take_over\ndef after(): take(); exec({broken!r})\n"
            if late
            else f"{broken}\n"
        )
        + ("concurrency.take_over = after\n" if late else "")
        + "entry.main()"
    )
    told = {"ATELIER_SESSIONS": str(tmp_path / "sessions"), "ATELIER_EXPORTS": str(tmp_path / "exports")}
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | told,
    )
    assert run.returncode == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    assert not (tmp_path / "sessions").exists(), "nothing is touched"


def test_a_pdf_in_the_making_holds_nobody_up(server):
    desk = Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    phone = Browser(server.base)
    phone.join(code, "fs", 1, "")
    made: list[bytes] = []
    form = {"what": "group", "group": 1, "paper": "a3"}
    making = threading.Thread(target=lambda: made.append(desk.download(f"/exports/{code}", form)))
    making.start()
    waits: list[float] = []
    began = time.monotonic()
    while making.is_alive():
        start = time.monotonic()
        phone.act(code, "place-action", group=1, action="orienter", fs=50, cn=len(waits) % 2 * 50)
        waits.append(time.monotonic() - start)
        time.sleep(0.11)
    lasted = time.monotonic() - began
    making.join()
    assert made[0].startswith(b"%PDF-")
    # One process for both would have let somebody wait for most of it.
    assert len(waits) >= 3
    assert max(waits) < lasted / 2


def test_gunicorn_serves_it_too(tmp_path):
    pytest.importorskip("gunicorn")
    port = free_port()
    told = {"ATELIER_SESSIONS": str(tmp_path / "sessions"), "ATELIER_EXPORTS": str(tmp_path / "exports")}
    command = [sys.executable, "-m", "gunicorn", "-k", "gevent", "-w", "1", "-b", f"127.0.0.1:{port}"]
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(
        [*command, "--no-control-socket", "atelier.wsgi:app()"], env=os.environ | told, stdout=log, stderr=log
    )
    try:
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 20
        while not reachable(base):
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()
            time.sleep(0.1)
        desk = Browser(base)
        code = desk.post("/preparer", {})[1].split("/")[2]
        desk.act(code, "open-phase", phase="articulations")
        run_apart(_heard, base, code, seconds=20)
    finally:
        process.terminate()
        assert process.wait(20) == 0
        log.close()
    assert "Traceback" not in (tmp_path / "log").read_text()


async def _heard(base, code):
    phone = Phone(base, code)
    await phone.join()
    await phone.listen()
    answer, _ = await phone.place(50, 50)
    while phone.heard_at(answer["seq"]) is None:
        await asyncio.sleep(0.01)
    phone.hang_up()


def test_a_process_may_serve_twice():
    program = (
        "from atelier.runtime import concurrency; concurrency.take_over()\n"
        "from atelier.serving import listen, server_on\n"
        "for _ in range(2): server_on(listen('127.0.0.1', 0), print)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30)
