"""What comes from outside does not steer the terminal: names and output of
programs, messages of compilers, names of files, the environment.

Every tenth of the strings that tests/fuzz/hostile.c has; all, with HOSTILE=all.
"""

import os
import pathlib
import re

from session import PROMPT, command, leave, opened, type_line

FILE = pathlib.Path(__file__).parents[1] / "fuzz/hostile.txt"
EVERY = 1 if os.environ.get("HOSTILE") == "all" else 10

PROGRAM = """import asyncio, os
STRINGS = {strings!r}
async def job(string):
    print(string)
    await asyncio.sleep(1)
async def main():
    for string in STRINGS:
        asyncio.create_task(job(string), name=string)
    await asyncio.sleep(2)
    os.write(1, b"\\n".join(os.fsencode(s) for s in STRINGS) + b"\\n")
    os.write(2, b"\\n".join(os.fsencode(s) for s in STRINGS) + b"\\n")
    raise ValueError(STRINGS[-1])
asyncio.run(main())
"""


def unescaped(line):
    """A line of the file as the bytes that it means."""
    return re.sub(rb"\\(x(..)|\\)", lambda found: bytes.fromhex(
        found[2].decode()) if found[2] else b"\\", line.encode())


def strings():
    """The sequences, and all strings that are made of them."""
    parts = FILE.read_text(encoding="ascii").split("\n\n")
    sequences, shapes = ([unescaped(line) for line in part.split("\n") if line]
                         for part in parts[1:])
    return sequences, [shape.replace(b"{}", sequence)
                       for shape in shapes for sequence in sequences]


def told(t, sequences):
    """The sequences that the terminal has got as they are. Some of these bytes
    are the line editor's own: a return, steps to the left, the bell."""
    return [one for one in sequences
            if one.strip(b"\r\b\a") and one in t.raw]


def test_nothing_from_outside_steers_the_terminal(start):
    sequences, hostile = strings()
    assert len(hostile) == 500
    some = [one.replace(b"\0", b"").decode("utf-8", "surrogateescape")
            for one in hostile[::EVERY]]
    t = opened(start, rows=200, env={
        "LANG": "C.UTF-8", "LC_TIME": some[0], "EDITOR": some[1],
        "XDG_RUNTIME_DIR": "/" + some[7]})
    folder = t.home / "outside"
    folder.mkdir()
    (folder / "my.py").write_text(PROGRAM.format(strings=some))
    (folder / "bad.c").write_bytes(b"".join(
        b'#error "%s"\n' % one for one in hostile[::EVERY] if b"\n" not in one))
    for one in hostile[::EVERY]:
        try:
            (folder / os.fsdecode(b"x" + one.replace(b"/", b"_") + b".py")).touch()
        except (ValueError, OSError):
            pass  # no name can be so
    for line in (f"run {folder}/my.py --clock=virtual", "story", "tree",
                 "timeline", "ps at=0.5s", f"run {folder}/bad.c"):
        command(t, line)
        assert told(t, sequences) == [], line
    type_line(t, f"run {folder}/x")
    t.press("tab")
    t.wait_rest()
    assert told(t, sequences) == []
    assert t.screen.title == "" and not t.screen.alternate
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    leave(t)
