"""session.py - a session at looplab's prompt, as tests see it.

Whatever is waited for must not be on the screen already. So a line is typed
first, then seen, and only then entered: the prompt that comes next is new.
"""

import os
import re

from wcwidth import wcwidth

PROMPT = "looplab> "
HERE = os.path.dirname(os.path.abspath(__file__))
# Those that there are, as "03_sequential_gather", and how the first page of
# list ends on a screen of 24 rows: the last of them, if all fit.
DEMOS = sorted(name[:-2] for name in os.listdir(f"{HERE}/../../demos")
               if re.match(r"\d.*\.c$", name))
FITTING = 22
LAST_DEMO = (DEMOS[-1] if len(DEMOS) <= FITTING else DEMOS[FITTING - 2]).replace(
    "_", " ", 1)
HISTORY = ".local/state/looplab/history"


def opened(start, *argv, **options):
    """A looplab that waits for its first command."""
    t = start(*argv, **options)
    t.wait_prompt(PROMPT)
    return t


def laid_out(text, columns):
    """The rows that text takes, and the column behind it."""
    rows, used = [""], 0
    for character in text:
        width = wcwidth(character)
        if used + width > columns:  # a wide one that does not fit
            rows, used = rows + [""], 0
        rows[-1] += character
        used += width
        if used == columns:
            rows, used = rows + [""], 0
    return rows, used


def wait_line(t, text, at=None):
    """Waits until text is what is typed, the cursor stands behind it, or in
    front of its character number at, and nothing is below."""
    columns = t.screen.columns
    rows = laid_out(PROMPT + text, columns)[0]
    before = PROMPT + (text if at is None else text[:at])
    above, x = laid_out(before, columns)
    y = len(above) - 1
    if x + wcwidth((text + " ")[len(before) - len(PROMPT)]) > columns:
        x, y = 0, y + 1

    def shown(t):
        top = t.cursor()[1] - y
        return (t.cursor()[0] == x and top >= 0
                and t.lines()[top:] == [row.rstrip() for row in rows]
                + [""] * (t.screen.lines - top - len(rows)))
    shown.__doc__ = f"the line {rows!r} with the cursor in {x}, row {y}"
    t.wait_for(shown)
    t.wait_rest()
    t.wait_for(shown)


def type_line(t, text):
    """Types text on an empty line."""
    t.send(text)
    wait_line(t, text)


def command(t, line):
    """Types a command, enters it and returns the rows it has printed."""
    type_line(t, line)
    t.press("enter")
    t.wait_prompt(PROMPT)
    rows = t.lines()[:t.cursor()[1]]
    if PROMPT + line in rows:
        last = len(rows) - rows[::-1].index(PROMPT + line)
        rows = rows[last:]
    return rows


def leave(t):
    """Leaves the way one should; that must succeed."""
    t.press("ctrl-d")
    status = t.wait_end()
    assert status == 0, f"status {status}"


def colours(t):
    """The sequences in the output that change how characters look."""
    return re.findall(rb"\033\[[0-9;:]*m", t.raw)


def history(t):
    """The lines in the history file."""
    return (t.home / HISTORY).read_text(encoding="utf-8").splitlines()


# A run beside the prompt that prints a line every 100 ms, for 800 ms.
BESIDE = "run 3 in_turn n=8 --clock=x10 &"


def run_beside(t, line=BESIDE):
    """Starts such a run."""
    command(t, line)


def assert_alone(t):
    """Is the line there once, since the run beside it began? Whatever was
    drawn of it before must have been erased, to the last row."""
    prompts = [row for row in t.lines() if row.startswith(PROMPT.rstrip())]
    while any(row.startswith(PROMPT + BESIDE[:20]) for row in prompts):
        prompts.pop(0)
    assert len(prompts) == 1, prompts


def wait_output(t):
    """Waits until something more is printed above the line."""
    def printed(t):
        return t.raw.count(b" arrived") + t.raw.count(b"] done: ")
    before = printed(t)
    t.wait_for(lambda t: printed(t) > before)
