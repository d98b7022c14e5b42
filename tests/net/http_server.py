"""What tests/net/peers and tests/net/floods have in common: our server, in a
process of its own, and the sum of what was checked."""

import importlib.util
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

# The python3 in PATH may not be the one that packages are installed for.
if not importlib.util.find_spec("aiohttp") and sys.executable != "/usr/bin/python3":
    if Path("/usr/bin/python3").exists():
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

NAME = sys.argv[0]
FOLDERS = [word for word in sys.argv[1:] if not word.startswith("--")]
BUILD = Path(__file__).resolve().parents[2] / (FOLDERS or ["build"])[0]
PATIENCE = 60  # seconds, after which a wait has failed
SOON = 5  # seconds: half of what the server has for a slow client
passed = failed = 0


def check(what, is_so, seen=""):
    global passed, failed
    if is_so:
        passed += 1
    else:
        failed += 1
        print(f"{NAME}: not so: {what}: {seen}")


def wait_until(condition):
    """Has [condition] come true in time?"""
    limit = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.01)
    return True


def has(program, package):
    if shutil.which(program):
        return True
    print(f"{NAME}: {program} is not tried: install {package}")
    return False


def has_module(name):
    if importlib.util.find_spec(name):
        return True
    print(f"{NAME}: {name} is not tried: install python3-{name}")
    return False


def looplab(*words):
    return [BUILD / "looplab", f"--demos={BUILD}/tests-demos", "run", "95", *words]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def delayed(process):
    """Seconds in which others had the processor that [process] could have used."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0  # this kernel does not count it


class Server:
    """Our server, in a process of its own."""

    def __init__(self, files=1024):
        self.port = free_port()
        self.process = subprocess.Popen(
            looplab("serve", "--clock=real", "stay=600000", f"port={self.port}"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)),
        )
        if not wait_until(self.listens):
            sys.exit(f"{NAME}: the server does not begin")
        self.url = f"http://127.0.0.1:{self.port}"

    def listens(self):
        try:
            self.connect().close()
            return True
        except ConnectionRefusedError:
            return False

    def __enter__(self):
        self.get("/")
        self.idle_files = self.files()
        return self

    def __exit__(self, *_):
        is_there = self.process.poll() is None
        self.process.send_signal(signal.SIGINT)
        try:
            words = self.process.communicate(timeout=PATIENCE)[1]
            check("the server ends when told to, and not before", is_there, words)
        except subprocess.TimeoutExpired:
            self.process.kill()
            check("the server ends when told to", False)

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE)

    def get(self, path):
        """The reply to one request, and how long it took besides waits for a processor."""
        begin = self.own_time()
        with self.connect() as peer:
            peer.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            reply = b""
            while piece := peer.recv(65536):
                reply += piece
        return reply.decode(), self.own_time() - begin

    def own_time(self):
        return time.monotonic() - delayed("self") - delayed(self.process.pid)

    def files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def work(self):
        """Seconds of a processor that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """MiB."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * 4096 / 2**20

    def check_well(self, after):
        """It answers soon, and has closed all other connections."""
        reply, took = self.get("/")
        check(f"after {after} it answers", reply.startswith("HTTP/1.1 200 "), reply[:60])
        check(f"after {after} it answers soon", took < SOON, f"{took:.2f} s")
        check(
            f"after {after} no descriptor is left",
            wait_until(lambda: self.files() <= self.idle_files),
            f"{self.files()}, not {self.idle_files}",
        )


def output(*words, **more):
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, timeout=60, **more
    )
    return done.stdout + done.stderr


def end():
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)
