"""Commands beside the prompt: how they get there, and what can be done then."""

import re

from session import PROMPT, command, leave, opened, type_line

SLOW = "run 2 timer nap=60000 beat=40"
# A program that takes its time to end, once it is asked to.
STUBBORN = """import asyncio, signal

async def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("deaf now")
    await asyncio.sleep(60)

asyncio.run(main())
"""


def begin(t, line, shown):
    """Starts what does not end by itself, and waits until it shows that and
    rests: ThreadSanitizer keeps back signals that come earlier."""
    mark = len(t.raw)
    type_line(t, line)
    t.press("enter")
    t.wait_for(lambda t: shown in t.raw[mark:].decode())
    t.wait_rest()


def test_ctrl_z_fg_and_cancel_move_a_run_and_end_it(start):
    t = opened(start, rows=60)
    begin(t, SLOW, "the nap begins")
    t.press("ctrl-z")
    t.wait_for("[1] continues beside the prompt: " + SLOW)
    t.wait_prompt(PROMPT)
    rows = " ".join(row.strip() for row in command(t, "jobs"))
    assert re.match(r"\[1\] running  " + SLOW + r": for [\d.]+ m?s, clock real; "
                    r"timer has 2 live tasks: ", rows), rows
    # Back again, to the same number; and Ctrl-C is for it.
    begin(t, "fg %1", "[1] has the foreground: " + SLOW)
    t.press("ctrl-z")
    t.wait_for(lambda t: t.text().count("[1] continues beside") == 2)
    begin(t, "fg", "[1] has the foreground: " + SLOW)
    t.press("ctrl-c")
    t.wait_for("cancelled;")
    t.wait_prompt(PROMPT)
    assert "[1] done" not in t.text(), "it ended in the foreground"
    assert command(t, "jobs")[0].startswith("Nothing runs beside the prompt.")
    assert command(t, "fg %1") == ["[1] has ended."]
    # A task of one, and then all of it.
    t.press("ctrl-l")
    t.wait_prompt(PROMPT)
    begin(t, "run 3 together delay=60000 &", "together: spawn all")
    begin(t, SLOW + " &", "the nap begins")
    begin(t, "cancel t3 %1", "t3 b.txt is asked to stop")
    t.wait_for("[1] done: run 3 together")
    assert command(t, "cancel t77")[0] == "no task t77 in timer; ps lists live ones"
    begin(t, "cancel %2", "[2] is asked to stop: " + SLOW)
    t.wait_for("[2] done: " + SLOW)
    t.wait_prompt(PROMPT)
    leave(t)


def test_a_run_that_is_stuck_under_the_real_clock_leaves_the_prompt(start):
    t = opened(start, rows=60)
    command(t, "run 19 two_orders think=10 --clock=real")
    assert "two_orders is deadlocked: " in t.text()
    assert command(t, "clock") == ["The clock is real: a second takes a second."]


def test_what_is_typed_ahead_is_said_to_wait_until_ctrl_c_drops_it(start):
    t = opened(start, rows=60)
    begin(t, SLOW, "the nap begins")
    t.send("lisst\177\177t\rclo")
    t.wait_for("waiting: list")
    t.send("ck\r")
    t.wait_for("waiting: clock")
    t.wait_rest()
    assert t.text().count("waiting: ") == 2
    assert b"waiting: clo" not in t.raw.split(b"waiting: clock")[-1], "a moment"
    t.press("ctrl-z")  # now they are run, one after the other
    t.wait_for("The clock is real")
    t.wait_prompt(PROMPT)
    assert "sequential_gather" in t.text() and t.text().count("waiting: ") == 2
    begin(t, "fg", "has the foreground")
    t.send("list\rclock\rhal")
    t.wait_for("waiting: clock")
    t.press("ctrl-c")
    t.wait_for("dropped: clock")
    t.wait_prompt(PROMPT)
    assert "dropped: list" in t.lines() and t.text().count("The clock is") == 1


def test_what_runs_beside_leaves_the_pages_of_the_foreground_alone(start):
    t = opened(start)
    begin(t, "story 3 delay=100 --clock=real &", "[1] story 3")
    begin(t, SLOW, "the nap begins")
    t.wait_for("[1] done: story 3")
    assert "waits for" in t.text(), "its answer is there"
    assert "Enter shows more" not in t.text(), "and all of it"
    t.press("ctrl-c")
    t.wait_for("cancelled;")
    t.wait_prompt(PROMPT)


def test_a_quiet_run_is_drawn_in_the_foreground_alone(start):
    t = opened(start)
    begin(t, "timeline 3 in_turn delay=60000", " of 300.0 s")
    t.send("clock\r")
    t.wait_for("waiting: clock")
    t.wait_for(" of 300.0 s")
    t.press("ctrl-z")
    t.wait_for("The clock is real")
    t.wait_prompt(PROMPT)
    assert " of 300.0 s" not in t.text(), "what was drawn is taken off"
    begin(t, "fg", " of 300.0 s")
    t.press("ctrl-c")
    t.wait_for("cancelled;")
    t.wait_prompt(PROMPT)
    assert " of 300.0 s" not in t.text() and "waiting: clock" in t.lines()


def test_what_needs_the_terminal_beside_the_prompt_waits_for_fg(start):
    t = opened(start, "/bin/sh", "-c", 'cd; exec "$LOOPLAB" '
               '--demos="${LOOPLAB%/*}/tests-demos"', rows=60)
    begin(t, "stepper 90 when_told wait=1 --clock=real", "nowhere, however late")
    t.press("ctrl-z")
    t.wait_for("[1] continues beside the prompt: ")
    (t.home / "go").touch()
    t.wait_for("[1] needs the terminal; fg brings it back:")
    assert command(t, "jobs")[0].startswith("[1] paused  stepper 90 when_told")
    type_line(t, "fg")
    t.press("enter")
    t.wait_for("when_told: event 0 of")
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_ctrl_c_comes_back_before_a_stubborn_program_does(start):
    t = opened(start, rows=60)
    (t.home / "deaf.py").write_text(STUBBORN)
    begin(t, f"run {t.home}/deaf.py --clock=real", "deaf now")
    t.press("ctrl-c")
    t.wait_for("[1] is still stopping: ")
    t.wait_prompt(PROMPT)
    assert command(t, "jobs")[0].startswith("[1] stopping ")
    t.press("ctrl-c")  # again: it is killed
    t.wait_for("[1] done: ")
    # And one that is left behind is told of, and killed after a second.
    begin(t, f"run {t.home}/deaf.py --clock=real &", "] run")
    t.wait_for(lambda t: t.text().count("deaf now") == 2)
    t.press("ctrl-d")
    t.wait_for("[1] is still running, and is cancelled: ")
    assert t.wait_end() == 0
