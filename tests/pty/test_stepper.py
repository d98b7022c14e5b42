"""The stepper, and questions about a run that goes on."""

import re
import signal

from session import PROMPT, command, leave, opened, type_line

BEGIN = "stepper 3 together --clock=virtual"


def step_into(start, line=BEGIN, **options):
    """A terminal in which the stepper shows its first screen."""
    t = opened(start, **options)
    t.send(line + "\r")
    t.wait_for("event 0 of 56")
    return t


def at(event):
    """Is the screen that of so many events?"""
    return lambda t: f"event {event} of 56" in t.lines()[0]


def test_arrow_keys_go_through_events_and_turns(start):
    t = step_into(start)
    t.press("right", "right")
    t.wait_for(at(2))
    t.press("left")
    t.wait_for(at(1))
    t.press("down")
    t.wait_for(at(2))  # the first turn begins with its first run
    t.press("down")
    t.wait_for(at(14))
    t.send("\033[6~")
    t.wait_for(at(34))
    t.press("up")
    t.wait_for(at(14))
    t.send("\033[5~")
    t.wait_for(at(2))
    t.press("end")
    t.wait_for(at(56))
    t.press("home")
    t.wait_for(at(0))
    t.press("left")  # there is nothing before the beginning
    t.press("right")
    t.wait_for(at(1))


def test_the_screen_shows_source_queue_timers_and_tasks(start):
    t = step_into(start)
    t.press("down", "down", "right")
    t.wait_for(at(15))
    t.wait_rest()
    text = t.text()
    assert "t2 a.txt sleeps until 1.000 s" in text
    assert re.search(r"^>   15      LAB_TRY\(lab_sleep", text, re.M)
    assert "ready   t3 b.txt, t4 c.txt, t5 d.txt, t6 e.txt" in text
    assert "timers  t2 a.txt at 1.000 s" in text
    assert re.search(r"^t1 together +waiting .* for t2 to t6$", text, re.M)


def test_lanes_have_a_cursor_and_v_goes_to_the_next_variant(start):
    t = opened(start)

    def wait(words):
        """Until they are in the heading, and all below is drawn."""
        t.wait_for(lambda t: words in t.lines()[0])
        t.wait_rest()

    def cursor(t):
        return t.lines()[1].index("●")
    t.send("stepper 3 --clock=virtual\r")
    wait("03 in_turn: event 0")
    first = cursor(t)
    assert t.lines()[1].startswith("5.000 s "), t.lines()[1]
    assert t.lines()[3].startswith("in_turn "), t.lines()[3]
    t.press("down", "down", "down")
    wait("at 2.000 s")
    second = cursor(t)
    assert t.lines()[3][second] == "●"  # where a wait ends, and the next begins
    t.press("down")
    wait("at 3.000 s")
    assert 2 * (cursor(t) - second) == second - first
    t.press("up", "up")
    wait("at 1.000 s")
    t.send("v")
    wait("03 together: event 56 of 56, at 1.000 s")
    assert t.lines()[1].startswith("1.000 s "), t.lines()[1]
    assert any(row.startswith("a.txt ") for row in t.lines()[2:6])
    t.send("v")
    wait("03 in_turn: ")
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_every_way_out_gives_the_prompt_its_screen_back(start):
    for key in "q", "\033", "\003":
        t = step_into(start)
        t.press("right")
        t.wait_for(at(1))
        t.send(key)
        t.wait_prompt(PROMPT)
        assert "? help" not in t.text()
        assert not t.screen.alternate and not t.screen.cursor.hidden
        assert "03 together: event 1 of 56, at 0 s" in t.lines()
        command(t, "step")
        t.wait_for("03 together: event 2 of 56")
        t.send("run 3 in_turn --clock=real\r")
        t.wait_for("in_turn: call each")
        t.press("ctrl-c")  # a signal again, and no key
        t.wait_for("cancelled")
        t.wait_prompt(PROMPT)
        leave(t)


def test_the_terminal_is_as_before_when_it_was_the_command_line(start):
    for end in "q", "\033", "\003":
        t = start("/bin/sh", "-c", "read go; $LOOPLAB stepper 3 together "
                  "--clock=virtual; echo status $?; read line")
        before = t.settings()  # nobody has changed them while sh reads
        t.send("\r")
        t.wait_for("event 0 of 56")
        assert t.settings() != before
        t.send(end)
        t.wait_for("status 0")
        assert t.settings() == before
        assert t.raw.rstrip().endswith(b"status 0")
        assert b"\033[?1049l" in t.raw and b"\033[?25h" in t.raw


def test_a_signal_leaves_no_screen_behind(start):
    sanitized = opened(start).sanitized  # which keeps crashes for itself
    for number in ((signal.SIGTERM,) if sanitized else
                   (signal.SIGTERM, signal.SIGSEGV, signal.SIGABRT)):
        t = start("/bin/sh", "-c", "read go; set -m; $LOOPLAB stepper 3 "
                  "together --clock=virtual 2>/dev/null; echo status $?; "
                  "read line")
        before = t.settings()
        t.send("\r")
        t.wait_for("event 0 of 56")
        t.signal(number)
        t.wait_for("status 1")
        assert t.settings() == before
        assert b"\033[?1049l" in t.raw and b"\033[?25h" in t.raw


def test_a_new_size_is_drawn_for(start):
    t = step_into(start)
    t.press("end")
    t.wait_for(at(56))
    for columns, rows in (200, 50), (40, 12), (12, 4), (1, 1), (80, 24):
        t.resize(columns, rows)
        t.wait_for(lambda t: rows == 1
                   or (t.lines()[0].startswith("03 together:")
                       and "? help" in t.lines()[rows - 1]))
        t.wait_rest()
        assert not t.too_long(), t.picture()
    t.press("home")
    t.wait_for(at(0))


def test_a_stepper_that_was_stopped_from_outside_is_drawn_anew(start):
    for words in "stepper 3 together --clock=virtual", "":
        t = start("/bin/sh", "-i", env={"PS1": "$ ", "ENV": None})
        t.wait_prompt("$ ")
        t.send(f'"$LOOPLAB" {words}\r')
        if not words:  # from the prompt, whose editor hears the signals
            t.wait_prompt(PROMPT)
            t.send(BEGIN + "\r")
        t.wait_for("event 0 of 56")
        t.press("right")
        t.wait_for(at(1))
        t.signal(signal.SIGSTOP)
        t.wait_for("Stopped")
        t.send("stty sane; clear; echo gone\n")
        t.wait_for(lambda t: "gone" in t.lines() and "? help" not in t.text())
        t.send("fg\r")
        t.wait_for(at(1))
        t.wait_for(lambda t: "? help" in t.lines()[-1])
        t.press("right")  # keys come as keys again, unechoed
        t.wait_for(at(2))
        t.send("q")
        prompt = "$" if words else PROMPT.rstrip()
        t.wait_for(lambda t: t.line() == prompt)


def test_what_a_run_prints_meanwhile_is_printed_afterwards(start):
    t = start("/bin/sh", "-c", 'cd; exec "$LOOPLAB" '
              '--demos="${LOOPLAB%/*}/tests-demos"', rows=40)
    t.wait_prompt(PROMPT)
    command(t, "run 90 when_told wait=1 --clock=real &")
    t.send("stepper 90 none --clock=virtual\r")
    t.wait_for("90 none: event 0 of 8")
    (t.home / "go").touch()
    t.press("end")
    t.wait_for("90 none: event 8 of 8")
    t.wait_rest()
    assert "told by a file" not in t.text()
    t.send("q")
    t.wait_for("told by a file")
    t.wait_for("[1] done: run 90 when_told wait=1 --clock=real &")
    t.wait_prompt(PROMPT)


def test_help_lists_the_keys_until_one_is_pressed(start):
    t = step_into(start)
    t.send("?")
    t.wait_for("to the next turn of the loop")
    t.press("right")
    t.wait_for(lambda t: at(0)(t) and "? help" in t.lines()[-1])


def test_without_a_screen_the_stepper_says_what_else_there_is(start):
    t = start("stepper", "3", env={"TERM": "dumb"})
    t.wait_for("step, back and goto")
    assert t.wait_end() == 2


# --- a run that goes on


def test_questions_are_answered_while_a_run_goes_on(start):
    t = opened(start, rows=50)
    command(t, "run 3 together delay=60000 --clock=real &")
    t.wait_for("together: spawn all, gather")
    command(t, "why t3")
    t.wait_for("t3 b.txt sleeps until")
    assert "and it continues" in t.text()
    assert "by a timer (line 15: lab_sleep)" in t.text()
    command(t, "ps")
    t.wait_for("for t2 to t6")
    command(t, "alive")
    t.wait_for("5 timers: the first is due at")
    command(t, "step")
    t.wait_for("is still running")
    t.press("ctrl-c")
    t.wait_for("cancelled")
    leave(t)


def test_every_example_of_its_help_works(start):
    t = opened(start, rows=40)
    command(t, f"run 3 --record={t.home}/run.jsonl --clock=virtual")
    t.press("ctrl-l")
    t.wait_prompt(PROMPT)
    rows = [row.split("  ") for row in command(t, "help stepper")]
    examples = [row[1] for row in rows
                if len(row) > 1 and row[1].startswith("stepper")]
    assert len(examples) > 2, rows
    for example in examples:
        type_line(t, example.replace("run.jsonl", f"{t.home}/run.jsonl"))
        t.press("enter")
        t.wait_for(lambda t: ": event " in t.lines()[0])
        t.send("q")
        t.wait_prompt(PROMPT)
        t.press("ctrl-l")
        t.wait_prompt(PROMPT)


def test_its_options_show(start):
    t = opened(start)
    file = t.home / "seen.jsonl"
    type_line(t, f"stepper 3 together --clock=virtual --ascii --color=never "
                 f"--schedule=seed:7 --record={file}")
    mark = len(t.raw)
    t.press("enter")
    t.wait_for("event 0 of")
    t.wait_rest()
    assert t.text().isascii()
    assert not re.search(rb"\033\[[0-9;]*[1-9][0-9;]*m", t.raw[mark:])
    t.send("q")
    t.wait_prompt(PROMPT)
    about = file.read_text(encoding="utf-8").splitlines()[0]
    assert '"clock":"virtual"' in about and "seed:7" in about, about
    for option in "--width=40", "--json", "--timeline", "--check":
        rows = command(t, "stepper 3 together " + option)
        assert rows[0].startswith("stepper does not take --"), rows


def test_its_look_is_that_of_the_terminal_unless_told_otherwise(start):
    t = opened(start)
    mark = len(t.raw)
    t.send("stepper 3 together --clock=virtual --color=always\r")
    t.wait_for("event 0 of")
    t.wait_rest()
    assert re.search(rb"\033\[[0-9;]*[1-9][0-9;]*m", t.raw[mark:])
    assert not t.text().isascii()
