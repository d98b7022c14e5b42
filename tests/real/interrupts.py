#!/usr/bin/env python3
"""How soon is the prompt back after Ctrl-C? tests/real/interrupts.py BUILD [N]

Presses Ctrl-C N times (1000) in a terminal, in each state that a session can be
in by turns, and measures the time until the prompt is there. Prints a line for
each state and the slowest of all; fails if one took 100 ms or more.
"""

import collections
import os
import pty
import re
import select
import statistics
import sys
import tempfile
import time

LIMIT = 0.100  # seconds
DEADLINE = 30
PROMPT = re.compile(rb"looplab>(\033\[[0-9;]*m)* ")

SLEEPER = """import asyncio

async def main():
    print("it has begun", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""
STUBBORN = SLEEPER.replace("    print", """    import signal
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print""")
IN_C = """#include "lab.h"
int main_task(void) {
    lab_say("it has begun");
    return lab_sleep(600 * LAB_S);
}
"""

# A state: what is typed, and what is on the screen when it is reached.
STATES = {
    "nothing runs": ("", None),
    "a line is typed": ("run 3", b"run 3"),
    "history is searched": ("\022li", b"li"),
    "a run sleeps": ("run 2 timer nap=60000 beat=10\r", b"nap begins"),
    "a run holds the loop": ("run 2 blocking nap=60000 beat=10\r",
                             b"nap begins"),
    "a run has jobs": ("run 4 pool_4 jobs=8 job=60000\r", b"pool_4: "),
    "a quiet run is drawn": ("timeline 3 in_turn delay=60000\r",
                             b" of 300.0 s"),
    "lines wait": ("run 2 timer nap=60000 beat=10\rlist\rclock\r",
                   b"waiting: "),
    "a run beside the prompt": ("run 2 timer nap=60000 beat=10 &\r",
                                b"nap begins"),
    "a line beside a run": ("run 2 timer nap=60000 beat=10 &\rlist",
                            b"nap begins"),
    "a virtual run": ("run all --clock=virtual\r", b"02 sleep_timer"),
    "orders are tried": ("orders 4 pool_4 jobs=64 job=60000 beat=10\r",
                         b" so far"),
    "a parameter is swept": ("sweep 4 jobs=1..64\r", b"workers=3"),
    "a question is asked": ("predict 3\r", b"> "),
    "a run was sent beside and back": (
        "run 2 timer nap=60000 beat=10\r", b"nap begins",
        "\032", b"continues beside", "fg\r", b"has the foreground"),
    "a Python program": ("run sleeper.py --clock=real\r", b"it has begun"),
    "a stubborn program": ("run stubborn.py --clock=real\r", b"it has begun"),
    "a program in C": ("run mine.c --clock=real\r", b"it has begun"),
    "a server": ("serve\r", b"http://"),
    "the stepper is open": ("stepper 3 in_turn --clock=virtual\r",
                            b"event 0 of"),
    "a film plays": ("play x0.2 3\r", b"leave"),
    "a page is shown": ("list\r", b"Enter shows more"),
}


class Session:
    """A looplab in a terminal of its own."""

    def __init__(self, program, home):
        self.output = b""
        pid, self.fd = pty.fork()
        if pid == 0:
            os.chdir(home)
            os.execve(program, [program], {
                "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8",
                "PATH": os.environ["PATH"], "XDG_STATE_HOME": home})
        self.pid = pid
        self.wait(0, PROMPT.search)

    def wait(self, mark, found):
        """Reads until what came since mark is what is looked for; returns the
        time at which it was there."""
        end = time.monotonic() + DEADLINE
        while not found(self.output[mark:]):
            if not select.select([self.fd], [], [], end - time.monotonic())[0]:
                sys.exit(f"never came: {self.output[-400:]!r}")
            self.output += os.read(self.fd, 65536)
        return time.monotonic()

    def send(self, keys):
        """Types keys, and returns how much had been printed before."""
        mark = len(self.output)
        os.write(self.fd, keys.encode())
        return mark

    def reach(self, steps):
        """Types what brings a state about."""
        for keys, shown in zip(steps[::2], steps[1::2]):
            mark = self.send(keys)
            if shown:
                self.wait(mark, lambda bytes, shown=shown: shown in bytes)

    def interrupt(self):
        """Presses Ctrl-C; the seconds until the prompt is there, which comes
        after what says so."""
        self.drain()
        before = time.monotonic()
        mark = self.send("\003")
        said = (rb"\^C|Type quit|cancelled|stop|interrupted|\] done|dropped|"
                rb"looplab>")
        return self.wait(mark, lambda bytes: re.search(said, bytes)
                         and PROMPT.search(bytes)) - before

    def drain(self):
        """Reads what is there already."""
        while select.select([self.fd], [], [], 0)[0]:
            self.output += os.read(self.fd, 65536)

    def clean(self):
        """Ends what is left beside the prompt, and drops what is typed."""
        for _ in range(20):
            mark = self.send("\025jobs\r")
            self.wait(mark, lambda bytes: b"Nothing runs" in bytes
                      or re.search(rb"\[\d+\] (running|stopping|paused)", bytes))
            if b"Nothing runs" in self.output[mark:]:
                break
            mark = self.send("\003")
            self.wait(mark, lambda bytes: b"] done" in bytes)
        mark = self.send("clock\r")
        self.wait(mark, lambda bytes: b"The clock is" in bytes and
                  PROMPT.search(bytes[bytes.index(b"The clock is"):]))


def main(build="build", count="1000"):
    """Measures, and says what came of it."""
    times = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as home:
        for name, text in (("sleeper.py", SLEEPER), ("mine.c", IN_C),
                           ("stubborn.py", STUBBORN)):
            with open(os.path.join(home, name), "w", encoding="utf-8") as file:
                file.write(text)
        session = Session(os.path.abspath(f"{build}/looplab"), home)
        for i in range(int(count)):
            state = list(STATES)[i % len(STATES)]
            session.reach(STATES[state])
            times[state].append(session.interrupt())
            session.clean()
        os.close(session.fd)
        os.waitpid(session.pid, 0)
    every = [seconds for some in times.values() for seconds in some]
    print(f"{'Ctrl-C while':32}{'times':>6}{'median':>10}{'slowest':>10}")
    for state, some in times.items():
        print(f"{state:32}{len(some):6}{statistics.median(some) * 1e3:7.1f} ms"
              f"{max(some) * 1e3:7.1f} ms")
    late = sum(seconds >= LIMIT for seconds in every)
    print(f"{len(every) - late} of {len(every)} within {LIMIT * 1e3:.0f} ms; "
          f"the slowest took {max(every) * 1e3:.1f} ms")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
