"""Signals: each that can end looplab leaves the terminal as it was found."""

import os
import signal

from harness import Failure, interrupts_code
from session import PROMPT, type_line, wait_line

PASTE_ON, PASTE_OFF = b"\033[?2004h", b"\033[?2004l"
FULL_ON, FULL_OFF = b"\033[?1049h", b"\033[?1049l"

# What no program can catch, and the two that libc keeps for its threads.
BEYOND_US = {signal.SIGKILL, signal.SIGSTOP, 32, 33}
# What a prompt outlives: by their nature, or because a write tells the same.
OUTLIVED = {signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH,
            signal.SIGTTIN, signal.SIGTTOU, signal.SIGTSTP, signal.SIGPIPE,
            signal.SIGXFSZ}
FAULTS = {signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL,
          signal.SIGTRAP, signal.SIGSYS}
ALL = set(range(1, signal.SIGRTMAX + 1)) - BEYOND_US

# A shell whose user likes the terminal otherwise than most, and which tells
# the status.
ODD = ('cd; ulimit -c 0; stty -ixon erase ^H; echo ready; read -r _; %s'
       'exec "$LOOPLAB" --demos="${LOOPLAB%%/*}/tests-demos" %s')
# A run that goes on until it is told to end, and whose record is written.
ENDLESS = "run 90 in_task wait=1 --clock=real --record=run.jsonl &\r"
STEPPER = "stepper 90 none --clock=virtual"


def begin(start, words="", shown=PROMPT.rstrip(), limit=""):
    """A looplab with demos for tests, and the settings that it found."""
    t = start("/bin/sh", "-c", ODD % (limit, words), columns=200)
    t.wait_for("ready")
    before = t.settings()
    t.press("enter")
    t.wait_for(shown)
    return t, before


def record(t):
    """A run beside the prompt, whose record goes to a temporary file."""
    t.send(ENDLESS)
    t.wait_for("in_task: in a task")
    assert temporary(t)


def temporary(t):
    """The temporary files that there are."""
    return list(t.home.glob(".*.looplab-*"))


def open_stepper(t):
    """The whole screen, from the prompt."""
    t.send(STEPPER + "\r")
    t.wait_for("90 none: event 0 of")


def assert_restored(t, before):
    """Is the terminal as it was, with the screen that was there?"""
    assert t.settings() == before
    assert t.raw.rfind(PASTE_OFF) >= t.raw.rfind(PASTE_ON)
    assert t.raw.rfind(FULL_OFF) >= t.raw.rfind(FULL_ON)
    assert FULL_ON not in t.raw or b"\033[?25h" in t.raw[
        t.raw.rindex(FULL_ON):]
    assert t.cursor()[0] == 0, t.cursor()


def ending(t):
    """The signals that end this looplab."""
    return ALL - OUTLIVED - (FAULTS if t.sanitized else set())


def each_ends(start, words, prepare, more):
    """Ends looplab by each signal that does, but for those that mean
    something else here."""
    for number in sorted(ending(start("--version")) - more):
        t, before = begin(start, words,
                          "90 none: event 0 of" if words else PROMPT.rstrip())
        prepare(t)
        os.kill(t.child.pid, number)
        try:
            status = t.wait_end()
            assert status == -number, f"status {status}"
            assert_restored(t, before)
            assert not temporary(t), temporary(t)
        except (AssertionError, Failure) as problem:
            raise AssertionError(f"signal {number}: {problem}")


def test_every_signal_that_ends_looplab_at_the_prompt_restores_first(start):
    each_ends(start, "", lambda t: type_line(t, "lis"), {signal.SIGINT})


def test_every_signal_removes_the_file_that_is_being_written(start):
    # Keys beside a run come with SIGIO.
    each_ends(start, "", record, {signal.SIGINT, signal.SIGIO})


def test_every_signal_that_ends_looplab_in_the_stepper_restores_first(start):
    each_ends(start, "", open_stepper, {signal.SIGINT})


def test_every_signal_that_ends_a_stepper_of_its_own_restores_first(start):
    each_ends(start, STEPPER, lambda t: None, {signal.SIGINT})


def test_the_other_signals_leave_the_prompt_alone(start):
    t, before = begin(start)
    for number in sorted(OUTLIVED):
        os.kill(t.child.pid, number)
    t.send("help list\r")
    t.wait_for("every demo, with its question")
    t.send("quit\r")
    assert t.wait_end() == 0
    assert_restored(t, before)


def test_last_words_do_not_mix_with_a_line_of_several_rows(start):
    t, before = begin(start)
    type_line(t, "x" * 300)
    t.press("ctrl-a")
    wait_line(t, "x" * 300, at=0)
    os.kill(t.child.pid, signal.SIGTERM)
    assert t.wait_end() == -signal.SIGTERM
    assert_restored(t, before)
    assert t.line() == "", t.line()


def test_a_stepper_that_is_stopped_shows_the_screen_from_before(start):
    for words in ("", STEPPER):
        t, before = begin(start, words,
                          "90 none: event 0 of" if words else PROMPT.rstrip())
        if not words:
            open_stepper(t)
        t.wait_rest()
        raw, shown = t.settings(), t.lines()
        # No shell is there to continue it, so the system does not stop it.
        t.raw = b""
        os.kill(t.child.pid, signal.SIGTSTP)
        t.wait_for(lambda t: FULL_OFF in t.raw
                   and t.raw.rfind(FULL_ON) > t.raw.rfind(FULL_OFF)
                   and t.lines() == shown)
        assert t.settings() == raw
        os.kill(t.child.pid, signal.SIGTERM)
        assert t.wait_end() == -signal.SIGTERM
        assert_restored(t, before)


@interrupts_code
def test_a_limit_of_processor_time_is_told_and_restores(start):
    t, before = begin(start, limit="ulimit -t 1; ")
    t.send("run 90 in_task fault=6 --clock=virtual\r")
    assert t.wait_end() == -signal.SIGXCPU
    assert_restored(t, before)
    told = t.text().replace("\n", " ")
    assert "the limit of processor time is used up (ulimit -t)" in told
    assert "task #2 " in told and ", in spin(), after its call at" in told


def test_a_file_that_may_not_grow_is_a_sentence(start):
    many = "run 90 many --clock=virtual --record=run.jsonl"
    t, before = begin(start, limit="ulimit -f 200; ")
    t.send(many + "\r")
    t.wait_for("run.jsonl cannot be written: file too large")
    t.send("run 90 none\r")  # and the session goes on
    t.wait_for("nothing went wrong")
    assert not temporary(t) and not (t.home / "run.jsonl").exists()
    t.send("quit\r")
    t.wait_end()
    assert_restored(t, before)
    for words, sentence in (
            (many, "run.jsonl cannot be written: file too large"),
            ("list >>full", "standard output: File too large")):
        t, before = begin(start, words, sentence,
                          "head -c 102400 /dev/zero >full; ulimit -f 200; ")
        assert t.wait_end() == 74
        assert_restored(t, before)
        assert not temporary(t)
