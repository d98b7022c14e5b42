"""Commands from a file, beside the same ones typed by hand."""

import subprocess

from session import command, leave, opened

LINES = ["set 3 delay=20", "run 3 together", "rnu 3", "clock", "explain timedout",
         "timeline 99", "warnings 2 blocking", "ls", "time run 3 together", "?",
         "jobs", "explain W1", "rnu 3"]


def test_echo_writes_what_a_session_typed_by_hand_shows(start):
    t = opened(start, "--clock=virtual", "--color=never", rows=90)
    typed = []
    for line in LINES:
        typed += [f"looplab> {line}", *command(t, line)]
    file = t.home / "session.lab"
    file.write_text("\n".join(LINES), encoding="utf-8")
    shown = subprocess.run([t.argv[0], "--echo", "--keep-going", file],
                           capture_output=True, text=True, check=False)
    assert shown.returncode == 2 and not shown.stderr, shown
    assert [row.rstrip() for row in shown.stdout.split("\n")[:-1]] == typed
    leave(t)
