"""Demos that go wrong: the terminal is handed back, and the culprit is named."""

import signal

from session import PROMPT, opened

PASTE_ON, PASTE_OFF = b"\033[?2004h", b"\033[?2004l"
FULL_OFF, CURSOR_ON = b"\033[?1049l", b"\033[?25h"

# In the order of the demo's table: the signal, what is said, and the function
# where our code has the fault and not libc's.
FAULTS = (
    (signal.SIGSEGV, "it used a null pointer", "write_to_null"),
    (signal.SIGFPE, "it divided by zero", "divide"),
    (signal.SIGILL, "it ran an illegal instruction", "run_nonsense"),
    (signal.SIGSEGV, "it overflowed its ", "recurse"),
    (signal.SIGABRT, "it called abort()", None),
    (signal.SIGBUS, "it used memory that has nothing behind it", None),
)

PLACES = {
    "in_task": r"task #2 \x1b[31mculprit crashed at ",
    "in_worker": r"job #1 of task #1 in_worker, in worker po\x1bol-1, crashed",
}

# A shell whose user likes the terminal otherwise than most.
ODD = ('ulimit -c 0; stty -ixon erase ^H; echo ready; read -r _; exec "$LOOPLAB" '
       '--demos="${LOOPLAB%/*}/tests-demos" ')


def begin(start, words="", shown=PROMPT.rstrip()):
    """A looplab with these demos, and the settings that it found."""
    t = start("/bin/sh", "-c", f"cd; {ODD} {words}", columns=200)
    t.wait_for("ready")
    before = t.settings()
    t.press("enter")
    t.wait_for(shown)
    return t, before


def is_sanitized(start):
    """Does a sanitizer keep the crashes for itself?"""
    return opened(start).sanitized


def assert_restored(t, before):
    """Is the terminal as it was, and nothing raw on it?"""
    assert t.settings() == before
    assert t.raw.rfind(PASTE_OFF) >= t.raw.rfind(PASTE_ON)
    assert b"\033[31m" not in t.raw, "the name of the task was not masked"


def assert_told(t, place, fault):
    """Are the last words those of this fault, at this place?"""
    number, what, function = fault
    words = t.text().replace("\n", " ")
    assert PLACES[place] in words, words
    assert what in words and number.name in words, words
    if function:
        assert f", in {function}(), after its call at tests/demos/" in words, words


def test_every_fault_at_the_prompt_is_told_and_leaves_a_sane_terminal(start):
    if is_sanitized(start):
        return
    for index, fault in enumerate(FAULTS):
        for place in PLACES:
            for clock in "virtual", "real":
                t, before = begin(start)
                t.send(f"run 90 {place} fault={index} --clock={clock}\r")
                assert t.wait_end() == -fault[0]
                assert_restored(t, before)
                assert_told(t, place, fault)


def test_a_fault_behind_the_stepper_leaves_no_screen(start):
    if is_sanitized(start):
        return
    for index, fault in enumerate(FAULTS):
        place = ("in_task", "in_worker")[index % 2]
        t, before = begin(start)
        (t.home / "go").unlink(missing_ok=True)
        t.send(f"run 90 {place} fault={index} wait=1 --clock=real &\r")
        t.wait_for("[1] run 90")
        t.send("stepper 90 none --clock=virtual\r")
        t.wait_for("90 none: event 0 of")
        (t.home / "go").touch()
        assert t.wait_end() == -fault[0]
        assert_restored(t, before)
        assert t.raw.rindex(FULL_OFF) > t.raw.rindex(b"\033[?1049h")
        assert CURSOR_ON in t.raw[t.raw.rindex(b"\033[?1049h"):]
        assert_told(t, place, fault)


def test_last_words_are_broken_between_words(start):
    if is_sanitized(start):
        return
    t = start("/bin/sh", "-c", 'ulimit -c 0; exec "$LOOPLAB" --clock=virtual '
              '--demos="${LOOPLAB%/*}/tests-demos" run 90 in_task',
              columns=40, rows=40)
    assert t.wait_end() == -signal.SIGSEGV
    assert not t.too_long(), t.too_long()
    assert "it used a null pointer" in " ".join(t.text().split()), t.text()


def test_a_fault_in_a_pipe_comes_after_what_was_printed_before(start):
    if is_sanitized(start):
        return
    t = start("/bin/sh", "-c", '"$LOOPLAB" --demos="${LOOPLAB%/*}/tests-demos" run 90 '
              "in_task 2>&1 | cat", columns=200)
    t.wait_end()
    heading = t.text().find("90 faults: What does")
    assert 0 <= heading < t.text().find("looplab: task #2"), t.text()
