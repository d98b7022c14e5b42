#!/usr/bin/env python3
"""Runs the Python programs in lessons and compares what they print.

    tests/real/lessons.py [BUILD] [LESSON ...]     all in lessons, if none is
                                                    named

A program is the file that a block marked "python NAME" shows; the next block is
what it prints. Marked "output", it is that to the byte. Marked "measured", each number that varies is
followed by its bounds:

    2 threads / 1: 0.98 (0.85 to 1.3)

There the program printed "2 threads / 1: 0.98", and any number from 0.85 to 1.3
is right. Spaces are as good as one space, since columns move with the numbers.

A lesson that says "`run NAME`" or "`run NAME --clock=real`" of such a program is
held to it: looplab in BUILD, if that is said, must show the same lines. Those
that no task says may come at other places there.

Only standard output is compared. The program has to end with status 0, in 6 s.
A machine may be busy, so a program that fails is tried three times.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LONGEST = 6.5  # seconds, with the start of the interpreter
TRIES = 3
NEEDED = (3, 11)

FENCE = re.compile(r"^( *)(`{3,}|~{3,}) *([^\s`]*) *([^\s`]*)[^`]*$")
NUMBER = r"[-+]?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?"
BOUNDED = re.compile(rf"({NUMBER})\s*\(({NUMBER}) to ({NUMBER})\)")


def blocks(text):
    """The line, two words and the text of each fenced block."""
    opening = None
    for number, line in enumerate(text.splitlines(), 1):
        match = FENCE.match(line)
        if opening is None:
            if match:
                opening = number, *match.groups()
                lines = []
        elif match and match[2].startswith(opening[2]) and not match[3]:
            yield opening[0], *opening[3:], "".join(x + "\n" for x in lines)
            opening = None
        else:
            indent = opening[1]
            lines.append(line.removeprefix(indent))


def value(number):
    return float(number.replace(",", ""))


def literal(text):
    return re.escape(" ".join(text.split()))


def differs_measured(want, got):
    """What is wrong with the line [got], if it is to be [want]; or None."""
    pattern, at, bounds = "", 0, []
    for match in BOUNDED.finditer(want):
        low, high = value(match[2]), value(match[3])
        if not low <= value(match[1]) <= high:
            return f"{match[0]} is not within its own bounds"
        pattern += literal(want[at : match.start()]) + rf"\s*({NUMBER})\s*"
        bounds.append((low, high))
        at = match.end()
    match = re.fullmatch(pattern + literal(want[at:]), " ".join(got.split()))
    if not match:
        return "it has other words"
    for number, (low, high) in zip(match.groups(), bounds):
        if not low <= value(number) <= high:
            return f"{number} is not from {low:g} to {high:g}"
    return None


def differs(kind, want, got):
    """Sentences about each line of [got] that is not as [want] says."""
    if kind == "output" and want == got:
        return []
    wants, gots = want.splitlines(), got.splitlines()
    wrong = []
    for i in range(max(len(wants), len(gots))):
        if i >= len(gots):
            wrong.append(f"line {i + 1} is missing: {wants[i]}")
        elif i >= len(wants):
            wrong.append(f"line {i + 1} is one too many: {gots[i]}")
        elif kind == "measured":
            reason = differs_measured(wants[i], gots[i])
            if reason:
                wrong.append(f"line {i + 1}: {reason}\n  {wants[i]}\n  {gots[i]}")
        elif wants[i] != gots[i]:
            wrong.append(f"line {i + 1} differs\n- {wants[i]}\n+ {gots[i]}")
    if not wrong and kind == "output":
        wrong.append("the last line has no newline")
    return wrong


def run(path):
    """What the program prints, and what is wrong with how it ended."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        try:
            done = subprocess.run(
                [sys.executable, path.resolve()],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=3 * LONGEST,
            )
        except subprocess.TimeoutExpired:
            return "", ["it did not end"]
        took = time.monotonic() - begin
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["nothing was said"]
        return done.stdout, [f"it ended with status {done.returncode}: {last[0]}"]
    if took > LONGEST:
        return done.stdout, [f"it took {took:.1f} s; at most 6 s are allowed"]
    return done.stdout, []


def check(place, path, kind, want):
    """Runs the program at path, up to three times, and says what is wrong with it."""
    for _ in range(TRIES):
        got, wrong = run(path)
        wrong = wrong or differs(kind, want, got)
        if not wrong:
            return True
    for sentence in wrong:
        print(f"{place}: " + sentence.replace("\n", "\n    "))
    return False


def shown(looplab, path, more):
    """The lines that looplab shows of a program, and what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder, "run.jsonl")
        done = subprocess.run(
            [looplab, "run", path, *more, f"--record={record}"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if not record.exists():
            return [], [f"looplab cannot run it: {done.stderr.strip()}"]
        events = map(json.loads, record.read_text().splitlines())
        said = [e["text"] for e in events
                if e.get("event") == "say" and "stream" not in e]
    return said + done.stdout.splitlines(), []


def check_shown(looplab, place, path, more, kind, want):
    """Does looplab show what the program prints? It has three tries, too."""
    for _ in range(TRIES):
        lines, wrong = shown(looplab, path, more)
        for line in [] if wrong else want.splitlines():
            same = [x for x in lines if not differs(kind, line, x)]
            if same:
                lines.remove(same[0])
            else:
                wrong.append(f"looplab does not show this line: {line}")
        if not wrong:
            return True
    for sentence in wrong:
        print(f"{place}: {sentence}")
    return False


def programs(path):
    """The line and file of each program of a lesson, how it is compared, and
    with what."""
    all_blocks = list(blocks(path.read_text()))
    for block, after in zip(all_blocks, all_blocks[1:] + [(0, "", "", "")]):
        line, word, name, _ = block
        if word == "python":
            yield line, path.parent / name, after[1], after[3]


def check_lesson(path, looplab):
    passed = failed = 0
    text = path.read_text()
    for line, program, kind, want in programs(path):
        place = f"{path}:{line}"
        if kind in ("output", "measured"):
            fine = check(place, program, kind, want)
        else:
            fine = False
            print(f"{place}: what this program prints does not follow it")
        says = re.search(rf"`run {program.name}( --clock=real)?`", text)
        if fine and says and looplab:
            more = (says[1] or "--clock=virtual").split()
            fine = check_shown(looplab, place, program, more, kind, want)
        passed += fine
        failed += not fine
    return passed, failed


def main():
    if sys.version_info < NEEDED:
        print("the programs in lessons need Python 3.11; skipped")
        return 0
    words = sys.argv[1:]
    builds = [word for word in words if not word.endswith(".md")]
    looplab = f"{builds[0]}/looplab" if builds else None
    paths = [Path(word) for word in words if word.endswith(".md")]
    sums = [check_lesson(path, looplab)
            for path in paths or sorted(Path("lessons").glob("*.md"))]
    passed, failed = (sum(column) for column in zip(*sums))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
