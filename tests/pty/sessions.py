"""Sessions of random keys, sizes and signals, in every state of the prompt.

    /usr/bin/python3 tests/pty/sessions.py BUILD [COUNT [FIRST]]

Each session has a number, which says all that is done in it: number FIRST and
those after it are tried. Then the terminal has its settings again and its
description is in the blocking mode that it was in; nothing has crashed; and as
long as looplab lives, the line is drawn as it should be. What went wrong is
told with the number and the screen. It takes minutes, and so is no part of
make test.
"""

import concurrent.futures
import multiprocessing
import os
import pathlib
import random
import re
import signal
import sys
import time

import harness
from session import PROMPT, wait_line

STATES = {
    "editing": "run 3 toge",
    "run": "run 2 timer nap=60000 beat=20 --clock=real\r",
    "background": "run 2 timer nap=60000 beat=20 --clock=real &\r",
    "blocked": "run 2 blocking nap=300 --clock=real\r",
    "stepper": "stepper 3 together\r",
    "play": "play x0.2 3\r",
    "pager": "help words\r",
    "lesson": "lesson 3\r",
    "predict": "predict 3\r",
    "teach": "teach 3\r",
    "drive": "drive 19 in_tasks n=2\r",
    "search": "\x12ru",
}
# Those that a prompt outlives; the others end it, and looplab says how.
MILD = [signal.SIGWINCH, signal.SIGCONT, signal.SIGCHLD, signal.SIGURG,
        signal.SIGINT]
DEADLY = [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1,
          signal.SIGALRM]
KEYS = ["\033[A", "\033[B", "\033[C", "\033[D", "\033[H", "\033[F", "\033[3~",
        "\033", "\033[5~", "\033[6~", "\t", "\r", "\x7f", "\x01", "\x03",
        "\x05", "\x07", "\x0b", "\x0c", "\x12", "\x15", "\x17", "\x19", "\x1a",
        "\033b", "\033f", "\033[200~list\nps\033[201~", "\033[200~", "\033[99~",
        " ", "q", "b", "n", "?", ":", "/", "1", "run 3", "list\r", "ps\r",
        "é", "中", "e\u0301", "\x00", "'", '"', "\\", "&", "x" * 100]
CRASHES = {128 + number for number in (
    signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE,
    signal.SIGILL)} | {70}
# The last words are repeated, as a Ctrl-C that comes late takes them away.
SHELL = ('cd; ulimit -c 0; stty -ixon erase ^H; echo ready; read -r _; '
         'trap : INT QUIT; "$LOOPLAB"; status=$?; '
         'while :; do echo "ended $status"; sleep 1; done')


FULL_ON = b"\033[?1049h"
ENDED = re.compile(r"ended (\d+)")


def has_ended(t):
    """Has the shell said so?"""
    return ENDED.search(t.text())


def looplab(t):
    """The number of the process; None if it is gone."""
    try:
        group = os.tcgetpgrp(t.child.child_fd)
        path = f"/proc/{t.child.pid}/task/{t.child.pid}/children"
        children = pathlib.Path(path).read_text().split()
    except OSError:
        return None
    return int(children[0]) if children and group else None


def disturb(t, dice):
    """Does something that somebody might do; returns what."""
    what = dice.random()
    if what < 0.75:
        key = dice.choice(KEYS)
        t.send(key)
        return key
    if what < 0.9:
        size = dice.choice([(80, 24), (40, 10), (132, 50), (20, 5), (10, 3)])
        t.resize(*size)
        return size
    number = dice.choice(MILD)
    process = looplab(t)
    if process:
        os.kill(process, number)
    return number


def back(t):
    """Leaves whatever there is, up to the prompt, and tries its line."""
    t.resize(80, 24)
    deadline = time.monotonic() + 20
    for key in ["\033[201~", "\x03"] + ["\033", "q", "\x03"] * 8:
        if t.line() == PROMPT.rstrip() or time.monotonic() > deadline:
            break
        t.send(key)
        while t.pump(0.1):
            pass
    t.send("\x03")
    t.wait_prompt(PROMPT)
    t.wait_rest()
    t.send("x help")
    wait_line(t, "x help")


def finish(t, dice):
    """Ends looplab by a signal or as one should, and waits for that."""
    process = looplab(t)
    number = dice.choice(DEADLY + [None] * 3)
    t.done.append(number)
    for _ in range(5):  # a Ctrl-C on its way would take the last words away
        t.pump(0.02)
    if has_ended(t):  # by q, say, or a second Ctrl-C within a second
        expected = {0, 130}
    elif number and process:
        os.kill(process, number)
        expected = {0, 130, 128 + number}
    else:
        back(t)
        t.send("\x03")
        t.wait_prompt(PROMPT)
        t.send("\x04")
        expected = {0}
    t.wait_for(has_ended)
    row = next(row for row in t.lines() if ENDED.search(row))
    status = int(ENDED.search(row)[1])
    # After it may be what was typed and not read; and, since pyte does not
    # bring back what was there before it, the second screen.
    rest = row.removeprefix(f"ended {status}")
    assert rest != row and (FULL_ON in t.raw or not rest.strip("x")), row
    assert status in expected, f"status {status}, not of {expected}"
    assert status not in CRASHES, f"status {status}"


def session(start, number):
    """Has one session."""
    dice = random.Random(number)
    state = dice.choice(sorted(STATES))
    t = start("/bin/sh", "-c", SHELL)
    t.wait_for("ready")
    before = t.settings()
    modes = pathlib.Path(f"/proc/{t.child.pid}/fdinfo/0").read_text()
    t.press("enter")
    t.wait_prompt(PROMPT)
    t.done = [state]
    t.send(STATES[state])
    for _ in range(dice.randrange(1, 25)):
        t.done.append(disturb(t, dice))
        t.pump(dice.choice([0, 0, 0.01, 0.05]))
        if has_ended(t):
            break
    finish(t, dice)
    t.wait_rest()
    after = t.settings()
    assert after == before, "other settings"
    now = pathlib.Path(f"/proc/{t.child.pid}/fdinfo/0").read_text()
    assert now == modes, "another blocking mode"
    assert not t.screen.alternate, "the second screen"


def try_one(program, number):
    """Has session number; what went wrong, or nothing."""
    test = harness.Test(pathlib.Path(__file__), str(number),
                        lambda start: session(start, number), program)
    found = []
    test.explain = lambda problem: found.append(
        f"session {number}: {type(problem).__name__}: {problem}\n"
        + "\n".join(f"{getattr(t, 'done', '')}\n{t.picture()}"
                    for t in test.terminals) + "\n")
    test.run()
    return "".join(found)


def main(build="build", count="100", first="1"):
    """Has count sessions, two at a time."""
    signal.signal(signal.SIGPIPE, lambda number, frame: None)
    program = pathlib.Path(build, "looplab").resolve()
    numbers = range(int(first), int(first) + int(count))
    failed = 0
    with concurrent.futures.ProcessPoolExecutor(
            2, multiprocessing.get_context("fork")) as pool:
        for said in pool.map(try_one, [program] * len(numbers), numbers):
            failed += bool(said)
            print(said, end="", flush=True)
    print(f"{int(count) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
