"""Each status that the README promises, brought about."""

import pathlib
import re
import signal

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
FAULTY = '--demos="${LOOPLAB%/*}/tests-demos"'

# The status, what a shell runs, and what is done to that once it shows
# something. A signal's status is 128 and its number, as shells count.
STATUSES = [
    (0, '"$LOOPLAB" run 3 --clock=virtual', None, None),
    (1, '"$LOOPLAB" run 1 --clock=virtual --schedule=cancel:2', None, None),
    (2, '"$LOOPLAB" rnu 3', None, None),
    (70, f'"$LOOPLAB" {FAULTY} run 3 in_task', None, None),
    (71, 'ulimit -n 4; "$LOOPLAB" list', None, None),
    (74, '"$LOOPLAB" run 3 --clock=virtual >/dev/full', None, None),
    (74, '"$LOOPLAB" export svg /nowhere/x.svg 3', None, None),
    (130, '"$LOOPLAB" run 2 timer nap=60000', "the nap begins",
     lambda t: t.press("ctrl-c")),
    (129, '"$LOOPLAB"', "looplab>", lambda t: t.signal(signal.SIGHUP)),
    (143, '"$LOOPLAB"', "looplab>", lambda t: t.signal(signal.SIGTERM)),
]

# The shell itself ignores what is sent to all in its terminal.
SCRIPT = "trap : INT HUP TERM; (trap - INT HUP TERM; %s); echo status $?."


def test_every_status_is_what_the_readme_says(start):
    for status, command, shown, act in STATUSES:
        t = start("/bin/sh", "-c", SCRIPT % command)
        if status == 71 and t.sanitized:
            continue  # it keeps libuv's abort() for itself
        if shown:
            t.wait_for(shown)
            act(t)
        t.wait_for(lambda t: re.search(r"status \d+\.", t.text()))
        seen = int(re.search(r"status (\d+)\.", t.text())[1])
        assert seen == status, (command, seen)


def test_every_status_in_the_readme_is_brought_about(start):
    promised = {int(number) for number in re.findall(
        r"^\| (\d+) \| ", README.read_text(encoding="utf-8"), re.MULTILINE)}
    assert promised and promised <= {row[0] for row in STATUSES}, promised
