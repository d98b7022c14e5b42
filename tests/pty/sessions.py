"""Sessions of random keys, sizes and signals, in every state of the prompt.

    /usr/bin/python3 tests/pty/sessions.py BUILD [COUNT [FIRST]]

Each session has a number, which says all that is done in it: number FIRST and
those after it are tried. It brings the prompt into a state, waits until that is
seen, and sends a signal: as many sessions as there are pairs have each. A
signal that ends looplab does so with its status. Any other leaves the screen as
it was, and random keys, sizes and signals follow. In the end the terminal has
its settings again and its description is in the blocking mode that it was in;
nothing has crashed; and as long as looplab lives, the line is drawn as it should
be. What went wrong is told with the number and the screen, and a table says how
often each pair was had. It takes minutes, and so is no part of make test.
"""

import collections
import concurrent.futures
import itertools
import math
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

RUN = "run 2 timer nap=60000 beat=20 --clock=real"
# What is typed, and what is seen then. In those that move, the screen changes by
# itself; beside a run in the background, all but the line does.
STATES = {
    "editing": ("run 3 toge", PROMPT + "run 3 toge"),
    "run": (RUN + "\r", "the nap begins"),
    "background": (RUN + " &\r", "the nap begins"),
    "blocked": ("run 2 blocking nap=1000 --clock=real\r", "the nap begins"),
    "stepper": ("stepper 3 together\r", "event 0 of 56"),
    "play": ("play x0.01 3\r", "playing"),
    "page": ("help words\r", "A space takes the whole screen."),
    "pager": ("help words\r", "A space takes the whole screen.", " ",
              "q leave"),
    "lesson": ("lesson 3\r", "1 of 7. Enter continues"),
    "predict": ("predict 3\r", "1 of 5: Which is faster"),
    "exercise": ("exercise 3\r", "Enter shows what is wrong"),
    "teach": ("teach 3\r", "block 1 of 14"),
    "drive": ("drive 19 in_tasks n=2\r", "run>"),
    "search": ("ps\r", "has run", "\x12p", 'search "p": ps'),
}
MOVING = {"run", "blocked", "play"}
# Those that a prompt outlives; the others end it, and looplab says how.
MILD = [signal.SIGWINCH, signal.SIGCONT, signal.SIGPIPE, signal.SIGTSTP,
        signal.SIGINT]
DEADLY = [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1,
          signal.SIGALRM]
SIGNALS = MILD + DEADLY
PAIRS = list(itertools.product(STATES, SIGNALS))
FAR = 37  # so that a few sessions have most states and signals
assert math.gcd(FAR, len(PAIRS)) == 1
KEYS = ["\033[A", "\033[B", "\033[C", "\033[D", "\033[H", "\033[F", "\033[3~",
        "\033", "\033[5~", "\033[6~", "\t", "\r", "\x7f", "\x01", "\x03",
        "\x05", "\x07", "\x0b", "\x0c", "\x12", "\x15", "\x17", "\x19", "\x1a",
        "\033b", "\033f", "\033[200~list\nps\033[201~", "\033[200~", "\033[99~",
        " ", "q", "b", "n", "?", ":", "/", "1", "run 3", "list\r", "ps\r",
        "é", "中", "e\u0301", "\x00", "'", '"', "\\", "&", "x" * 100]
# What a terminal shows of keys that nobody reads: ^B is Ctrl-B.
ECHO = re.compile(r"(\^[@-_?]|[" + re.escape("".join(sorted(
    {c for key in KEYS for c in key if c >= " " and c != "\x7f"}))) + "])*")
CRASHES = {128 + number for number in (
    signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE,
    signal.SIGILL)} | {70}
# A shell with jobs, as people have it, so that looplab can be stopped. While
# there is a file called hold, it stays so until Enter. The last words are
# repeated, as a Ctrl-C that comes late takes them away.
STOPPED = 128 + signal.SIGTSTP
SHELL = ('cd; ulimit -c 0; stty -ixon erase ^H; echo ready; read -r _; '
         'trap : INT QUIT TSTP; set -m; "$LOOPLAB"; status=$?; '
         f'while [ $status = {STOPPED} ]; do '
         'if [ -e hold ]; then echo stopped; read -r _; fi; '
         'fg >/dev/null; status=$?; done; '
         'while :; do echo "ended $status"; sleep 1; done')

FULL_ON, FULL_OFF = b"\033[?1049h", b"\033[?1049l"
MODES = [(b"\033[?2004h", b"\033[?2004l", "pasting is bracketed"),
         (FULL_ON, FULL_OFF, "the second screen is shown"),
         (b"\033[?25l", b"\033[?25h", "the cursor is hidden")]
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


def blocking(t):
    """How the shell's three descriptors of the terminal are opened."""
    return [pathlib.Path(f"/proc/{t.child.pid}/fdinfo/{fd}").read_text()
            for fd in (0, 1, 2)]


def assert_restored(t, before):
    """Is the terminal as the shell had it?"""
    assert t.settings() == before[0], "other settings"
    assert blocking(t) == before[1], "another blocking mode"
    for on, off, what in MODES:
        assert t.raw.rfind(off) >= t.raw.rfind(on), what
    assert not t.screen.alternate, "the second screen"
    assert t.screen.cursor.attrs.fg == "default", "a colour stays"


def reach(t, state):
    """Brings the prompt into state."""
    words = STATES[state]
    for typed, seen in zip(words[::2], words[1::2]):
        t.send(typed)
        t.wait_for(seen)
    t.wait_rest()


def stop_and_continue(t, process, before):
    """Sends SIGTSTP; meanwhile the terminal is the shell's."""
    hold = t.home / "hold"
    hold.touch()
    os.kill(process, signal.SIGTSTP)
    t.wait_for(lambda t: b"stopped\r\n" in t.raw)
    assert_restored(t, before)
    hold.unlink()
    t.send("\n")


def send_beside(t, process):
    """Sends SIGTSTP, which is Ctrl-Z for what runs."""
    os.kill(process, signal.SIGTSTP)
    t.wait_for("continues beside the prompt")


def strike(t, state, number, before):
    """Sends the signal in state; False if looplab has ended, as it should."""
    process = looplab(t)
    assert process, "looplab is gone"
    full, shown, cursor = t.screen.alternate, t.lines(), t.cursor()
    if number == signal.SIGTSTP and state in ("run", "blocked"):
        send_beside(t, process)
    elif number == signal.SIGTSTP:
        stop_and_continue(t, process, before)
    else:
        os.kill(process, number)
    if number in DEADLY:
        status = int(t.wait_for(has_ended)[1])
        assert status == 128 + number, f"status {status}"
        return False

    def as_before(t):
        """the screen, or at least the line, as it was before the signal"""
        if not full and (number == signal.SIGTSTP or state == "background"):
            return (t.line() == shown[cursor[1]]
                    and t.cursor()[0] == cursor[0])
        return (t.screen.alternate == full and t.lines() == shown
                and t.cursor() == cursor)
    if number != signal.SIGINT and state not in MOVING:
        t.wait_for(as_before)
        t.wait_rest()
        t.wait_for(as_before)
    return True


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
    number = dice.choice(MILD + [signal.SIGCHLD, signal.SIGURG])
    process = looplab(t)
    if process:
        os.kill(process, number)
    return number


def back(t):
    """Leaves whatever there is, up to the prompt, and tries its line."""
    t.resize(80, 24)
    deadline = time.monotonic() + harness.DEADLINE
    for key in ["\033[201~", "\x03"] + ["\033", "q", "\x03"] * 8:
        if t.line() == PROMPT.rstrip() or time.monotonic() > deadline:
            break
        t.send(key)
        for _ in range(20):  # a film may draw as often as we look
            if not t.pump(0.1):
                break
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
    # Before and after it may be what was typed and not read; and, since pyte
    # does not bring back what was there before it, the second screen.
    before, rest = row.split(f"ended {status}", 1)
    assert ECHO.fullmatch(before), row
    assert FULL_ON in t.raw or not rest.strip("x"), row
    assert status in expected, f"status {status}, not of {expected}"
    assert status not in CRASHES, f"status {status}"


def session(start, number, hits):
    """Has one session; appends to hits the pair that it has had."""
    dice = random.Random(number)
    state, struck = PAIRS[number * FAR % len(PAIRS)]
    t = start("/bin/sh", "-c", SHELL)
    t.done = [state, struck]
    t.wait_for("ready")
    before = t.settings(), blocking(t)
    t.press("enter")
    t.wait_prompt(PROMPT)
    reach(t, state)
    alive = strike(t, state, struck, before)
    hits.append((state, struck))
    if alive:
        for _ in range(dice.randrange(1, 25)):
            t.done.append(disturb(t, dice))
            t.pump(dice.choice([0, 0, 0.01, 0.05]))
            if has_ended(t):
                break
        finish(t, dice)
    t.wait_rest()
    assert_restored(t, before)


def try_one(program, number):
    """Has session number; what went wrong, or nothing, and its pair."""
    hits = []
    test = harness.Test(pathlib.Path(__file__), str(number),
                        lambda start: session(start, number, hits), program)
    found = []
    test.explain = lambda problem: found.append(
        f"session {number}: {type(problem).__name__}: {problem}\n"
        + "\n".join(f"{getattr(t, 'done', '')}\n{t.picture()}"
                    for t in test.terminals) + "\n")
    test.run()
    return "".join(found), hits


def table(had):
    """How often each signal came in each state."""
    rows = ["state       " + "".join(f"{s.name[3:]:>6}" for s in SIGNALS)]
    rows += [f"{state:<12}" + "".join(f"{had[state, s]:6}" for s in SIGNALS)
             for state in STATES]
    return "\n".join(rows)


def main(build="build", count="200", first="1"):
    """Has count sessions, two at a time."""
    for number in SIGNALS:  # nohup and & have some ignored, and so would we
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, lambda number, frame: None)
    program = pathlib.Path(build, "looplab").resolve()
    numbers = range(int(first), int(first) + int(count))
    failed, had = 0, collections.Counter()
    with concurrent.futures.ProcessPoolExecutor(
            2, multiprocessing.get_context("fork")) as pool:
        for said, hits in pool.map(try_one, [program] * len(numbers), numbers):
            failed += bool(said)
            had.update(hits)
            print(said, end="", flush=True)
    print(table(had))
    missed = len(numbers) >= len(PAIRS) and len(PAIRS) - len(had)
    print(f"{len(numbers) - failed} passed, {failed} failed; "
          f"{len(had)} of {len(PAIRS)} pairs of a state and a signal")
    return 1 if failed or missed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
