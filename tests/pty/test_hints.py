"""What is offered in grey: a line typed before, or the usage of a command."""

from session import (PROMPT, assert_alone, command, leave, opened, run_beside,
                     type_line, wait_line, wait_output)

LINE = "run 3 together --clock=virtual"


def wait_hint(t, text):
    """Waits until text stands in grey after the cursor."""
    def hints(t):
        return t.hint() == text
    hints.__doc__ = f"{text!r} in grey, not {t.hint()!r}"
    t.wait_for(hints)
    t.wait_rest()
    t.wait_for(hints)


def clear(t):
    t.press("ctrl-a", "ctrl-k")
    t.wait_prompt(PROMPT)


def test_a_line_typed_before_is_offered_and_taken(start):
    t = opened(start)
    command(t, LINE)
    command(t, "clock virtual")
    for key in ("right", "ctrl-f", "end", "ctrl-e"):
        type_line(t, "run 3")
        wait_hint(t, LINE[5:])
        t.press(key)
        wait_line(t, LINE)
        wait_hint(t, "")
        clear(t)
    type_line(t, "r")
    t.press("alt-f")
    wait_line(t, "run")
    t.press("alt-f")
    wait_line(t, "run 3")
    wait_hint(t, LINE[5:])
    t.press("left")  # in the middle nothing is offered
    wait_line(t, "run 3", 4)
    wait_hint(t, "")
    t.press("right")
    wait_line(t, "run 3")
    wait_hint(t, LINE[5:])
    t.press("ctrl-r")  # nor in a search, whose line is below
    t.wait_for("search \"")
    t.press("ctrl-g")
    wait_line(t, "run 3")
    t.send(" 4")
    wait_line(t, "run 3 4")
    wait_hint(t, "")
    clear(t)
    # What is grey is not entered, and does not stay on the screen.
    type_line(t, "clock")
    wait_hint(t, " virtual")
    t.press("enter")
    t.wait_prompt(PROMPT)
    assert PROMPT + "clock" in t.lines(), t.text()
    type_line(t, "cl")
    wait_hint(t, "ock")
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert PROMPT + "cl^C" in t.lines(), t.text()


def test_a_hint_says_what_a_command_takes(start):
    t = opened(start)
    for typed, hint in {
            "frob ": "", "run ": "DEMO|PROGRAM|all [VARIANT ...] [NAME=VALUE ...]",
            "run 3 ": "[VARIANT ...] [NAME=VALUE ...]",
            "run 3 delay=": "  1000 ms, of 1 to 60000: how long one download "
                            "takes",
            "run 2 timer nap=50ms beat=": "  100 ms, of 2 to 10000: time from beat to …"
            }.items():
        t.send(typed)
        t.wait_for(lambda t: t.cursor()[0] == len(PROMPT + typed))
        wait_hint(t, hint)
        t.press("ctrl-f")  # there is nothing to take
        t.press("tab", "ctrl-a", "ctrl-k")
        t.wait_prompt(PROMPT)


def test_a_hint_is_drawn_anew_with_its_line(start):
    t = opened(start)
    command(t, LINE)
    command(t, "# wörld 世界 日本")
    run_beside(t)
    type_line(t, "run 3")
    for _ in range(2):
        wait_output(t)
        wait_hint(t, " in_turn n=8 --clock=x10 &")
    t.resize(30, 24)  # it is cut, and never goes to the next row
    wait_hint(t, " in_turn n=8 -…")
    t.resize(80, 24)
    wait_hint(t, " in_turn n=8 --clock=x10 &")
    t.wait_for("] done: ")
    t.press("tab")
    clear(t)
    t.send("# wörld 世")
    wait_line(t, "# wörld 世")
    wait_hint(t, "界 日本")
    t.press("right")
    wait_line(t, "# wörld 世界 日本")
    assert_alone(t)


def test_nothing_is_grey_without_colour(start):
    t = opened(start, env={"NO_COLOR": "1"})
    command(t, LINE)
    type_line(t, "run")
    t.press("right", "ctrl-e", "alt-f")
    t.send("x")
    wait_line(t, "runx")
    assert b"\033[38;5" not in t.raw
    clear(t)
    leave(t)
