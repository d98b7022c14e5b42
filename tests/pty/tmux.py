"""The strings of test_hostile.py, all 500, in a terminal that is tmux.

    /usr/bin/python3 tests/pty/tmux.py BUILD

Nothing of what they would do may have been done: the title, the second screen,
the mouse and the cursor are as they were, no answer was typed at the prompt,
and no string is among the bytes that tmux got. Run by hand, where tmux is.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

from test_hostile import PROGRAM, strings

STATE = ("#{pane_title}|#{alternate_on}|#{mouse_any_flag}|#{cursor_flag}|"
         "#{scroll_region_upper}|#{origin_flag}|#{insert_flag}")


def tmux(*words):
    """Has our own server do something; what it says."""
    return subprocess.run(["tmux", "-L", "looplab-test", "-f", os.devnull,
                           *words], check=True, capture_output=True,
                          text=True, errors="replace").stdout


def wait_for(what, typed=False):
    """Waits until the last line that is shown is what; a hint may follow it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        rows = tmux("capture-pane", "-p", "-t", "0").rstrip("\n").split("\n")
        if rows[-1].startswith(what) and (typed or rows[-1].rstrip() == what):
            return
        time.sleep(0.05)
    sys.exit(f"never came: {what}; the last line is {rows[-1]}")


def main(build="build"):
    """Shows them; the status is 1 if one has done something."""
    program = pathlib.Path(build, "looplab").resolve()
    sequences, hostile = strings()
    names = [one.replace(b"\0", b"").decode("utf-8", "surrogateescape")
             for one in hostile]
    with tempfile.TemporaryDirectory() as folder:
        raw = pathlib.Path(folder, "raw")
        pathlib.Path(folder, "my.py").write_text(
            PROGRAM.format(strings=names), encoding="utf-8")
        pathlib.Path(folder, "bad.c").write_bytes(
            b"".join(b'#error "%s"\n' % one for one in hostile))
        tmux("new-session", "-d", "-x", "100", "-y", "50", "-c", folder,
             f"env HOME={folder} LC_ALL=C.UTF-8 {program}")
        try:
            wait_for("looplab>")
            before = tmux("display-message", "-p", "-t", "0", STATE)
            tmux("pipe-pane", "-t", "0", f"cat >{raw}")
            for line in ("run my.py --clock=virtual", "story", "tree",
                         "timeline", "ps at=0.5s", "run bad.c"):
                tmux("send-keys", "-t", "0", "-l", line)
                wait_for(f"looplab> {line}", typed=True)
                tmux("send-keys", "-t", "0", "Enter")
                wait_for("looplab>")
            after = tmux("display-message", "-p", "-t", "0", STATE)
        finally:
            tmux("kill-server")
        got = raw.read_bytes()
    told = [one for one in sequences if one.strip(b"\r\b\a") and one in got]
    print(f"{len(hostile)} strings, {len(got)} bytes, {len(told)} told; "
          f"{'the same' if after == before else 'another'} state")
    return 1 if told or after != before or len(got) < 10000 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
