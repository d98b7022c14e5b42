"""serve: a server to practise on, and who is in flight."""

import contextlib
import http.client
import re
import signal
import socket
import subprocess
from pathlib import Path

from session import PROMPT, command, leave, opened, type_line


def port_of(t):
    """The port that serve says it listens on."""
    t.wait_for("http://127.0.0.1:")
    t.wait_for("Ctrl-C ends")
    return int(re.search(r"http://127\.0\.0\.1:(\d+)/", t.text())[1])


class Request:
    """A request on a connection of its own, which waits for its reply."""

    def __init__(self, port, target):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.connection.request("GET", target)

    def body(self):
        """What came back; then the connection is closed."""
        body = self.connection.getresponse().read().decode()
        self.connection.close()
        return body


def test_who_is_in_flight_is_drawn_as_lanes(start):
    t = start("serve")
    port = port_of(t)
    asked = [Request(port, "/delay/60") for _ in range(3)]
    t.wait_for("/delay/60")
    t.wait_for(lambda t: sum("/delay/60" in row for row in t.lines()) == 3)
    counts = Request(port, "/").body()
    assert '"in_flight": 3' in counts, counts
    for request in asked:
        request.connection.close()
    t.press("ctrl-c")
    t.wait_for("at most 3 at once.")
    assert t.wait_end() == 0


def test_beside_the_prompt_views_show_who_is_in_flight(start):
    t = opened(start)
    type_line(t, "serve &")
    t.press("enter")
    port = port_of(t)
    t.wait_prompt(PROMPT)
    asked = Request(port, "/delay/60")
    assert '"in_flight": 1' in Request(port, "/").body()
    rows = command(t, "ps")
    assert any("/delay/60" in row and "until" in row for row in rows), rows
    asked.connection.close()
    leave(t)


@contextlib.contextmanager
def piped(t, *words):
    """serve as a program runs it; yields the process and its port."""
    command = [t.argv[0], *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, int(process.stdout.readline().split(":")[2].rstrip("/\n"))
        finally:
            process.kill()


def memory(process):
    """Its KiB that are in memory."""
    return int(Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1]) * 4


def ask_often(port, count):
    """Sends [count] requests on one connection, and reads all replies."""
    one = b"GET /json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as peer, peer.makefile("rb") as replies:
        for _ in range(count // 1000):
            peer.sendall(1000 * one)
            for _ in range(1000):
                while not replies.readline().startswith(b'{"title"'):
                    pass


def test_a_server_that_nobody_looks_at_keeps_no_record(start):
    t = start("list")
    file = t.home / "serve.jsonl"
    grown = []
    for words in ["serve"], ["serve", f"--record={file}"], ["-e", "serve"]:
        with piped(t, *words) as (process, port):
            ask_often(port, 1000)
            before = memory(process)
            ask_often(port, 5000)
            grown.append(memory(process) - before)
            process.send_signal(signal.SIGINT)
            assert "6000 requests served, at most 1 at once." in process.stdout.read()
    # A request leaves two events of 40 bytes. Sanitizers keep some memory, too.
    assert 400 < min(grown[1:]) > 4 * grown[0], grown
    assert file.read_text(encoding="utf-8").count('"count"') == 12000
