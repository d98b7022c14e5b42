"""Ctrl-C where once is not enough: the second ends looplab, in good order."""

import fcntl
import os
import pathlib
import re
import resource
import select
import signal
import struct
import subprocess
import termios
import time

from harness import DEADLINE, Failure, interrupts_code
from session import PROMPT, type_line

PASTE_ON, PASTE_OFF = b"\033[?2004h", b"\033[?2004l"
FULL_ON, FULL_OFF = b"\033[?1049h", b"\033[?1049l"
SPIN = "fault=6"
PAGE = resource.getpagesize()

# A shell whose user likes the terminal otherwise than most.
ODD = ('cd; stty -ixon erase ^H; echo ready; read -r _; '
       'exec "$LOOPLAB" --demos="${LOOPLAB%%/*}/tests-demos" %s')
PIPE = ('cd; trap : INT; echo ready; read -r _; '
        '"$LOOPLAB" --demos="${LOOPLAB%%/*}/tests-demos" %s; '
        'echo "has ended"; read -r _')


def begin(start, words="", shown=PROMPT.rstrip(), script=ODD):
    """A looplab with demos for tests, and the settings that it found."""
    t = start("/bin/sh", "-c", script % words, columns=200)
    t.wait_for("ready")
    before = t.settings()
    t.press("enter")
    t.wait_for(shown)
    return t, before


def wait(t, seconds):
    """Reads all that comes meanwhile, the echo of a key for one."""
    end = time.monotonic() + seconds
    while not t.ended and time.monotonic() < end:
        t.pump(max(0, end - time.monotonic()))


def press_until(t, ended):
    """Presses Ctrl-C again and again, so that two are near to each other
    however slow the machine is."""
    deadline = time.monotonic() + DEADLINE
    while not ended(t):
        if time.monotonic() > deadline:
            raise Failure("Ctrl-C did not end it")
        if not t.ended:
            t.press("ctrl-c")
        wait(t, 0.05)


def processor_time(t):
    """How many ticks looplab itself has used, wherever it is in a pipeline."""
    ticks = 0
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue  # it has ended meanwhile
        fields = rest.split()
        if name.endswith("(looplab") and int(fields[3]) == t.child.pid:
            ticks += int(fields[11])
    return ticks


def wait_until_it_spins(t, shown="it spins"):
    """Waits until the processor is in the demo's code, and nowhere else."""
    t.wait_for(shown)
    before, deadline = processor_time(t), time.monotonic() + DEADLINE
    while processor_time(t) < before + 3:
        if time.monotonic() > deadline:
            raise Failure("it does not spin")
        t.pump(0.01)


def press_until_it_ends(t):
    """The same, until looplab ends with the status of Ctrl-C."""
    press_until(t, lambda t: t.ended)
    assert t.wait_end() == 130


def assert_told(t, before, who, known=True):
    """Is the terminal as it was, and the one named who does not stop? Its
    function is known if the processor was seen to be there."""
    assert t.settings() == before
    assert t.raw.rfind(PASTE_OFF) >= t.raw.rfind(PASTE_ON)
    assert t.raw.rfind(FULL_OFF) >= t.raw.rfind(FULL_ON)
    told = t.text().replace("\n", " ")
    assert f"looplab: {who} was stopped at " in told, told
    assert ", after its call at tests/demos/90_faults.c:" in told, told
    assert ", in spin(), " in told or not known, told


CULPRITS = {
    "in_task": r"task #2 \x1b[31mculprit",
    "in_worker": r"job #1 of task #1 in_worker, in worker po\x1bol-1,",
}


@interrupts_code
def test_a_demo_that_never_gives_way_is_ended_at_the_prompt(start):
    for place, who in CULPRITS.items():
        for clock in "virtual", "real":
            t, before = begin(start)
            t.send(f"run 90 {place} {SPIN} --clock={clock}\r")
            wait_until_it_spins(t)
            press_until_it_ends(t)
            assert_told(t, before, who)


@interrupts_code
def test_and_after_the_prompt_has_come_back(start):
    t, before = begin(start)
    t.send(f"run 90 in_worker {SPIN} --clock=real\r")
    wait_until_it_spins(t)
    for told in ("[1] is still stopping: ",
                 "[1] is still stopping; Ctrl-C again ends looplab"):
        t.press("ctrl-c")
        t.wait_for(told)
        t.wait_prompt(PROMPT)
    t.press("ctrl-c")
    assert t.wait_end() == 130
    assert_told(t, before, CULPRITS["in_worker"])

    t, before = begin(start)
    t.send(f"run 90 in_worker {SPIN} --clock=real &\r")
    wait_until_it_spins(t)
    t.send("quit\r")
    t.wait_for("[1] is still stopping; Ctrl-C, twice, ends looplab")
    press_until_it_ends(t)
    assert_told(t, before, CULPRITS["in_worker"])


@interrupts_code
def test_and_beside_the_prompt(start):
    t, before = begin(start)
    t.send(f"run 90 in_task {SPIN} --clock=real &\r")
    wait_until_it_spins(t, "[1] run 90")  # it is too busy to say more
    press_until_it_ends(t)
    assert_told(t, before, CULPRITS["in_task"])


@interrupts_code
def test_and_as_a_command(start):
    for clock in "virtual", "real":
        words = f"run 90 in_task {SPIN} --clock={clock}"
        t, before = begin(start, words, "it spins")
        wait_until_it_spins(t)
        press_until_it_ends(t)
        assert_told(t, before, CULPRITS["in_task"])


@interrupts_code
def test_and_in_a_pipe_after_what_was_printed_before(start):
    words = f"run 90 in_task {SPIN} 2>&1 | (trap '' INT; cat)"
    t, before = begin(start, words, "", PIPE)
    wait_until_it_spins(t, "")
    press_until(t, lambda t: "has ended" in t.text())
    assert_told(t, before, CULPRITS["in_task"], False)
    assert 0 <= t.text().find("it spins") < t.text().find("was stopped")


@interrupts_code
def test_a_run_beside_the_stepper_that_holds_the_loop_is_ended(start):
    t, before = begin(start)
    t.send(f"run 90 in_task {SPIN} wait=1 --clock=real &\r")
    t.wait_for("[1] run 90")
    t.send("stepper 90 none --clock=virtual\r")
    t.wait_for("90 none: event 0 of")
    (t.home / "go").touch()
    press_until_it_ends(t)
    assert_told(t, before, CULPRITS["in_task"], False)


@interrupts_code
def test_who_takes_machine_time_in_a_virtual_run_is_named(start):
    for place, who in (("in_task", r"task #2 \x1b[31mculprit, running commit"),
                       ("in_worker", r"job #1 of task #1 in_worker, in worker "
                                     r"po\x1bol-1, running job")):
        t, before = begin(start)
        t.send(f"run 90 {place} {SPIN} --clock=virtual --debug=20ms\r")
        t.wait_for("of machine time")
        told = " ".join(t.text().split())  # broken between words
        assert f"looplab: {who}(), at tests/demos/90_faults.c:" in told, told
        press_until_it_ends(t)


@interrupts_code
def test_what_is_told_to_end_does_though_a_demo_holds_it(start):
    for number in signal.SIGTERM, signal.SIGHUP:
        t, before = begin(start)
        t.send(f"run 90 in_task {SPIN}\r")
        wait_until_it_spins(t)
        t.signal(number)
        t.signal(signal.SIGALRM)  # as after a second
        assert t.wait_end() == -number
        assert_told(t, before, CULPRITS["in_task"])


def test_at_an_idle_prompt_any_number_of_them_changes_nothing(start):
    t, before = begin(start)
    for _ in range(5):
        t.press("ctrl-c")
        t.wait_for(lambda t: t.text().count("Type quit") > _)
    type_line(t, "quit")
    t.press("enter")
    assert t.wait_end() == 0
    assert t.settings() == before


def test_a_run_that_stops_at_the_first_answers_it(start):
    t, before = begin(start)
    for times in range(1, 4):
        t.send("run 90 in_task wait=1 --clock=real\r")
        t.wait_for(lambda t: t.text().count("in_task: in a task") == times)
        t.press("ctrl-c")
        t.wait_for(lambda t: t.text().count("cancelled") == times)
        t.wait_prompt(PROMPT)
    t.send("quit\r")
    assert t.wait_end() == 0
    assert t.settings() == before


def wait_until(process, claim):
    """Waits for what the process will do by itself, before it ends."""
    end = time.monotonic() + DEADLINE
    while not claim():
        assert process.poll() is None and time.monotonic() < end
        select.select([], [], [], 0.002)


def is_full(pipe):
    held = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]
    return held == fcntl.fcntl(pipe, fcntl.F_GETPIPE_SZ)


def has_heard(process):
    """Is no signal on the way to it?"""
    about = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return re.search(r"^ShdPnd:\t0+$", about, re.MULTILINE)


@interrupts_code
def test_what_is_done_is_written_whatever_is_pressed_then(start):
    words = [start("--version").argv[0], "turns", "9"]
    whole = subprocess.run(words, capture_output=True, check=True).stdout
    for interrupts, status in (1, 0), (2, 130):
        # In the pipe is room for the first page of what is printed.
        theirs, ours = os.pipe()
        dots = fcntl.fcntl(ours, fcntl.F_GETPIPE_SZ) - PAGE
        os.write(ours, b"." * dots)
        process = subprocess.Popen(words, stdout=ours)
        os.close(ours)
        wait_until(process, lambda: is_full(theirs))
        for _ in range(interrupts):
            wait_until(process, lambda: has_heard(process))
            process.send_signal(signal.SIGINT)
        if status:
            assert process.wait(DEADLINE) == status
        with open(theirs, "rb") as output:
            text = output.read()[dots:]
        assert process.wait(DEADLINE) == status
        assert text == (whole[:PAGE] if status else whole)
