#!/usr/bin/env python3
"""How long is it from a key to its echo, and does a large paste arrive whole?

    tests/real/typing.py BUILD [--keys=200]

Types beside 10,000 tasks that tick every 10 ms, spread and at once, and prints
the median and the 99th percentile; then pastes 10 KB and 1 MB of lines, and
counts those that arrived. Fails if a line is lost, not for what is slow: that
depends on the machine."""

import itertools
import os
import pathlib
import pty
import random
import re
import select
import sys
import tempfile
import time

PROMPT = b"looplab>"
COLOUR = re.compile(rb"\033\[[0-9;?]*[A-Za-z]")


class Prompt:
    """looplab in a terminal of 80 columns."""

    def __init__(self, program, *words):
        self.home = tempfile.mkdtemp(prefix="looplab-typing-")
        self.got = b""   # since what was waited for last
        self.all = []    # from the beginning
        self.child, self.fd = pty.fork()
        if self.child == 0:
            os.environ.update(HOME=self.home, TERM="xterm-256color",
                              LANG="C.UTF-8")
            os.environ.pop("XDG_STATE_HOME", None)
            os.execv(program, [program, *words])
        self.wait(PROMPT)

    def read(self, seconds):
        """What comes within seconds; b"" for nothing, or the end."""
        if not select.select([self.fd], [], [], max(0, seconds))[0]:
            return b""
        try:
            more = os.read(self.fd, 1 << 16)
        except OSError:
            more = b""
        self.got += more
        self.all.append(more)
        return more

    def wait(self, what, seconds=60):
        """Waits until what has come since the last thing waited for."""
        end = time.monotonic() + seconds
        while what not in self.got:
            if not self.read(end - time.monotonic()) and time.monotonic() > end:
                sys.exit(f"never came: {what!r}; but {self.got[-500:]!r}")
        self.got = self.got.partition(what)[2]

    def write(self, data):
        """Writes data as fast as it is taken, and reads meanwhile."""
        while data:
            if select.select([], [self.fd], [], 0.01)[1]:
                data = data[os.write(self.fd, data[:4096]):]
            self.read(0)

    def leave(self):
        os.write(self.fd, b"\x03\x04")
        while self.read(10):
            pass
        os.waitpid(self.child, 0)


def echo(prompt, key):
    """Types a key; seconds until it is shown."""
    prompt.got = b""
    before = time.monotonic()
    os.write(prompt.fd, key)
    while key not in COLOUR.sub(b"", prompt.got):
        if time.monotonic() - before > 10:
            sys.exit(f"{key!r} was never shown")
        prompt.read(1)
    return time.monotonic() - before


def type_beside(build, variant, keys):
    """Times of as many keys, one after the other."""
    prompt = Prompt(f"{build}/looplab", f"--demos={build}/tests-demos")
    if variant:
        os.write(prompt.fd, f"run 94 {variant} &\r".encode())
        prompt.wait(b"[1] run 94")
        time.sleep(0.5)  # until all of them tick
    times = []
    for number in range(keys):
        times.append(echo(prompt, b"qxzjk"[number % 5:][:1]))
        if number % 20 == 19:
            os.write(prompt.fd, b"\x15")
        time.sleep(random.uniform(0.002, 0.018))
    if b"done: run 94" in b"".join(prompt.all):
        sys.exit("the tasks ended before the last key")
    prompt.leave()
    return sorted(times)


def paste(build, size, marked):
    """Pastes comments of as many bytes, [marked] as terminals do for programs
    that ask for it, or as typed. Were all of them echoed, in order, and
    are the last thousand in the history's file? How many are they, and how
    long did it take?"""
    lines = [f"# line {i} " + "x" * 40 for i in range(size // 52 + 1)]
    prompt = Prompt(f"{build}/looplab")
    before = time.monotonic()
    text = "\r".join(lines).encode() + b"\r"
    prompt.write(b"\033[200~" + text + b"\033[201~" if marked else text)
    os.write(prompt.fd, b"clock\r")
    prompt.wait(b"The clock is")
    took = time.monotonic() - before
    prompt.leave()
    kept = pathlib.Path(prompt.home, ".local/state/looplab/history")
    shown = re.findall(rb"(# line \d+ x+)\r\n",
                       COLOUR.sub(b"", b"".join(prompt.all)))
    whole = ([line.decode() for line in shown] == lines and
             kept.read_text().splitlines()[-1000:]
             == (lines + ["clock"])[-1000:])
    return whole, len(lines), took


def main(build, keys="--keys=200"):
    random.seed(1)
    count, fine = int(keys.partition("=")[2]), True
    for variant in (None, "spread", "at_once"):
        times = type_beside(build, variant, count)
        print(f"{variant or 'alone':8}  a key to its echo: median "
              f"{times[len(times) // 2] * 1e3:.2f} ms, p99 "
              f"{times[len(times) * 99 // 100] * 1e3:.2f} ms, longest "
              f"{times[-1] * 1e3:.2f} ms")
    for size, marked in itertools.product((10_000, 1_000_000), (True, False)):
        whole, lines, took = paste(build, size, marked)
        fine &= whole
        print(f"a {'' if marked else 'bare '}paste of {size:,} bytes, "
              f"{lines:,} lines: "
              f"{'all of them arrived' if whole else 'some were LOST'}, "
              f"{took:.2f} s")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
