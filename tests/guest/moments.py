"""Programs that are ended at random moments: python3 tests/guest/moments.py
BUILD [RUNS [FIRST]]. Seed FIRST is the first of RUNS.

A run of a program of one's own gets a signal when looplab has written so many
bytes, or as soon as it has started a process, which is the compiler for C: as
a command with pipes, as a command at a terminal, or at the prompt. Whatever it
is, and whoever gets it, no process is left, no temporary file, and the terminal
is as it was.
"""

import concurrent.futures
import os
import pty
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

DEADLINE = 60  # seconds, that only a failure reaches
PROGRAMS = {
    "plain.py": """import asyncio
async def tick(n):
    try:
        while True:
            print("tick", n)
            await asyncio.sleep(0.002)
    finally:
        print("clean", n)
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(*(tick(n) for n in range(3)))
asyncio.run(main())
""",
    "family.py": """import asyncio, os, subprocess, sys, time
def work(n):
    time.sleep(0.005)
    return n
async def main():
    for options in {}, {"start_new_session": True}:
        subprocess.Popen(["sleep", "1000"], **options)
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "1000"])
    for n in range(100000):
        print("job", await asyncio.to_thread(work, n))
asyncio.run(main())
""",
    "crash.py": """import asyncio, ctypes
async def main():
    for n in range(30):
        print("tick", n)
        await asyncio.sleep(0.002)
    ctypes.string_at(0)
asyncio.run(main())
""",
    "plain.c": """#include "lab.h"
static int tick(void *arg) {
    (void)arg;
    int rc;
    do
        lab_say("tick");
    while ((rc = lab_sleep(2 * LAB_MS)) == 0);
    lab_say("clean");
    return rc;
}
int main_task(void) {
    lab_task *other = lab_spawn("other", tick, NULL);
    tick(NULL);
    return lab_await(other);
}
""",
    "crash.c": """#include "lab.h"
int main_task(void) {
    for (int i = 0; i < 30; i++) {
        lab_say("tick %d", i);
        lab_sleep(2 * LAB_MS);
    }
    *(volatile int *)0 = 1;
    return 0;
}
""",
}
WAYS = ["int", "int twice", "term", "hup", "child", "looplab"]
PLACES = ["pipes", "terminal", "prompt"]


def processes(mark):
    """The numbers of the processes that have mark in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (path / "environ").read_bytes():
                found.append(int(path.name))
        except OSError:
            pass  # it has ended meanwhile, or is not ours
    return found


def try_until(claim):
    """Waits until claim() is true; what takes that long is no event of ours."""
    end = time.monotonic() + DEADLINE
    while not claim():
        if time.monotonic() > end:
            return False
        select.select([], [], [], 0.005)
    return True


class Run:
    """One looplab, and what it has written so far."""

    def __init__(self, looplab, folder, place, words, mark):
        self.place, self.written, self.mark = place, b"", mark
        temporary = Path(folder, "tmp")
        temporary.mkdir()
        environment = {
            **os.environ, "HOME": folder, "LANG": "C.UTF-8", "TERM": "xterm",
            "TMPDIR": str(temporary), "LOOPLAB_MOMENT": mark.decode()}
        if place == "pipes":
            self.master, theirs = os.pipe()
            stdin = subprocess.DEVNULL
        else:
            self.master, theirs = pty.openpty()
            stdin = theirs
            self.kept = os.dup(theirs)
            self.before = termios.tcgetattr(theirs)
        words = [] if place == "prompt" else words
        self.process = subprocess.Popen(
            [looplab, *words], cwd=folder, env=environment, stdin=stdin,
            stdout=theirs, stderr=theirs, start_new_session=True,
            preexec_fn=None if place == "pipes" else self.take_terminal)
        os.close(theirs)

    @staticmethod
    def take_terminal():
        import fcntl
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def read(self, until):
        """Reads until until() is true; False if the output ended before."""
        end = time.monotonic() + DEADLINE
        while not until():
            if self.process.poll() is not None or time.monotonic() > end:
                return False
            if select.select([self.master], [], [], 0.005)[0]:
                try:
                    data = os.read(self.master, 65536)
                except OSError:
                    data = b""
                if not data:
                    return False
                self.written += data
        return True

    def children(self):
        return [n for n in processes(self.mark) if n != self.process.pid]

    def send(self, way):
        """Does it; returns the statuses that may come of it."""
        pid = self.process.pid
        if way.startswith("int"):
            for _ in way.split():
                if self.place == "prompt":
                    os.write(self.master, b"\x03")
                elif self.process.poll() is None:
                    os.kill(pid, signal.SIGINT)
            return (130, 1, 0)
        if way == "child":
            for child in self.children()[:1]:
                try:
                    os.kill(child, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            return (1, 0)
        number = {"term": signal.SIGTERM, "hup": signal.SIGHUP,
                  "looplab": signal.SIGKILL}[way]
        if self.process.poll() is None:
            os.kill(pid, number)
        return (-number, 1, 0)

    def end(self, way):
        """Waits for its end, which is asked for at the prompt and otherwise
        after the program was interrupted."""
        def ended():
            return self.process.poll() is not None
        asked = time.monotonic()
        while not ended() and time.monotonic() < asked + DEADLINE:
            start = time.monotonic()
            if not self.read(lambda: ended() or
                             time.monotonic() > start + 0.3) and ended():
                break
            if self.place == "prompt":
                os.write(self.master, b"\x03quit\r")
            elif way == "child":
                self.process.send_signal(signal.SIGINT)
        return ended()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        if self.place != "pipes":
            os.close(self.kept)


def try_one(looplab, seed):
    """What is wrong after the run of this seed; or nothing."""
    chance = random.Random(seed)
    name = chance.choice(sorted(PROGRAMS))
    way, place = chance.choice(WAYS), chance.choice(PLACES)
    moment = chance.choice([0, chance.randrange(1, 4000)])
    folder = tempfile.mkdtemp(prefix="looplab-moments-")
    mark = f"moment-{os.getpid()}-{seed}".encode()
    Path(folder, name).write_text(PROGRAMS[name])
    words = ["run", name, "--clock=real"]
    if way != "looplab":
        words.append("--record=run.jsonl")
    about = f"seed {seed}: {name}, {way}, {place}, after {moment} bytes"
    wrong = []
    run = Run(looplab, folder, place, words, mark)
    try:
        if place == "prompt":
            run.read(lambda: b"looplab>" in run.written)
            os.write(run.master, " ".join(words).encode() + b"\r")
        base = len(run.written)
        run.read(lambda: len(run.written) - base >= moment if moment
                 else run.children())
        may = run.send(way)
        if not run.end(way):
            wrong.append(f"does not end, wrote {run.written[-300:]!r}")
        elif place != "prompt" and run.process.returncode not in may \
                and way != "child":
            wrong.append(f"status {run.process.returncode}")
        elif run.process.returncode < 0 and run.process.returncode not in may:
            wrong.append(f"status {run.process.returncode}")
        # If looplab is killed outright, what a child has started may live on.
        if way == "looplab":
            for pid in processes(mark) if name == "family.py" else ():
                if Path(f"/proc/{pid}/comm").read_text() == "sleep\n":
                    os.kill(pid, signal.SIGKILL)
        if not try_until(lambda: not processes(mark)):
            wrong.append(f"left {processes(mark)}")
        files = set(os.listdir(folder)) - {name, "run.jsonl", "tmp", ".local"}
        # A compiler that is killed outright cannot remove its own; nor can
        # what it has started, if looplab is.
        if way not in ("child", "looplab") or moment:
            files |= set(os.listdir(Path(folder, "tmp")))
        if files:
            wrong.append(f"left {sorted(files)}")
        if place != "pipes" and way != "looplab" and \
                termios.tcgetattr(run.kept) != run.before:
            wrong.append("changed the terminal")
    finally:
        run.close()
        for pid in processes(mark):
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
    return about, wrong


def main(build="build", runs="200", first="1"):
    looplab = str(Path(build, "looplab").resolve())
    passed = 0
    seeds = range(int(first), int(first) + int(runs))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for about, wrong in pool.map(lambda s: try_one(looplab, s), seeds):
            passed += not wrong
            if wrong:
                print(f"{about}: {'; '.join(wrong)}", flush=True)
    print(f"{passed} passed, {len(seeds) - passed} failed")
    return passed != len(seeds)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
