"""Pastes: nothing is lost, and nothing is done that was not asked for."""

from session import (PROMPT, command, history, leave, opened, type_line,
                     wait_line)

LINES = [f"# comment {i}" for i in range(300)]


def all_arrive(t):
    """Waits for the end of a paste, and looks what came of it."""
    t.wait_for("The clock is virtual")
    t.wait_prompt(PROMPT)
    leave(t)
    assert history(t) == [*LINES, "clock virtual"]


def test_all_of_300_pasted_lines_arrive(start):
    t = opened(start)
    t.paste("\n".join([*LINES, "clock virtual", ""]))
    all_arrive(t)


def test_all_of_300_lines_arrive_that_nothing_marks_as_pasted(start):
    t = opened(start)
    t.send("\r".join([*LINES, "clock virtual", ""]))
    all_arrive(t)


def test_the_unfinished_end_of_a_paste_can_still_be_edited(start):
    t = opened(start)
    t.paste("clock virtual\nlis")
    wait_line(t, "lis")
    assert "The clock is virtual" in t.text()
    t.send("t\r")
    t.wait_for("Where can blocking work go?")


def test_a_paste_goes_where_the_cursor_is(start):
    t = opened(start)
    type_line(t, "()")
    t.press("left")
    t.paste("wörld")
    wait_line(t, "(wörld)", len("(wörld"))


def test_pasted_tabs_and_control_characters_do_nothing(start):
    t = opened(start)
    t.paste("a\tb\033[2J\x01\x04\x15\x7fc")
    wait_line(t, "a    b[2Jc")
    assert t.lines()[0].startswith("looplab "), "the screen was cleared"


def test_what_ends_a_paste_too_early_runs_nothing(start):
    t = opened(start)
    t.send("\033[200~quit\033[201~\033[201~")
    wait_line(t, "quit")


def test_a_long_paste_in_several_pieces_is_one_line(start):
    t = opened(start)
    t.send("\033[20")
    t.send("0~" + "x" * 100)
    t.send("y" * 100 + "\033[2")
    t.send("01~")
    wait_line(t, "x" * 100 + "y" * 100)


def test_what_is_typed_while_a_command_runs_is_read_after_it(start):
    t = opened(start)
    type_line(t, "run 2 timer --clock=x100")
    t.send("\rclock virtual\rlis")
    wait_line(t, "lis")
    rows = t.lines()[:t.cursor()[1] + 1]
    assert rows[-3] == PROMPT + "clock virtual", rows


SESSION = ("looplab> clock virtual\nThe clock is odd.\n\n"
           "$ looplab run 3 together n=1 &\n[1] run 3\nlooplab> ls\nquit\n"
           "looplab> ")


def runs_its_commands(t, rows):
    assert rows[0].startswith("3 lines without a prompt were left out"), rows
    shown = [row for row in rows if row.startswith(PROMPT)]
    assert shown == [PROMPT + "clock virtual",
                     PROMPT + "run 3 together n=1 &", PROMPT + "ls",
                     PROMPT + "list"], rows
    assert '"ls": list shows the demos.' in rows, rows
    assert "no command" not in t.text()


def test_of_a_pasted_session_the_commands_run_one_after_the_other(start):
    t = opened(start, rows=60)
    t.paste(SESSION + "list")
    wait_line(t, "list")
    runs_its_commands(t, t.lines()[2:])
    t.press("ctrl-u")
    t.send("loop")  # somebody types it
    wait_line(t, "loop")
    t.send("lab> clock")
    wait_line(t, "looplab> clock")
    t.press("enter")
    t.wait_for("> looplab> clock\nThe clock is virtual")
    # The same of what nothing marks as pasted.
    t.press("ctrl-l")
    wait_line(t, "")
    t.send(SESSION.replace("\n", "\r"))
    t.wait_for('"ls": list shows')
    t.wait_prompt(PROMPT)
    t.send("list")
    wait_line(t, "list")
    runs_its_commands(t, t.lines())
    t.press("ctrl-u")
    leave(t)
    assert "quit" not in history(t) and "[1] run 3" not in history(t)


def test_a_session_pasted_at_a_plain_prompt_is_read_as_well(start):
    t = start(env={"TERM": "dumb"}, rows=60)
    t.wait_for(lambda t: t.line() == PROMPT.rstrip())
    t.send(SESSION.replace("\n", "\r") + "\r")
    t.wait_for("3 lines without a prompt were left out")
    t.wait_for(lambda t: t.line() == PROMPT.rstrip())
    t.send("jobs\r")  # what is typed later is a command again
    t.wait_for("Nothing runs beside")
    rows = t.lines()
    assert PROMPT + "ls" in rows and '"ls": list shows the demos.' in rows
    assert "no command" not in t.text()
    t.press("ctrl-d")
    assert t.wait_end() == 0


def test_a_program_that_is_pasted_is_answered_once(start):
    t = opened(start)
    for program in ("import asyncio\n\nasync def main():\n"
                    "    await asyncio.sleep(1)\n\nasyncio.run(main())\n",
                    '#include "lab.h"\nint main_task(void) {\n'
                    "    return 0;\n}\n"):
        t.paste(program)
        t.wait_for("A program goes into a file")
        wait_line(t, "")
        assert "no command" not in t.text(), t.text()
        assert t.text().count("A program goes") == 1
        command(t, "clock")
        t.press("ctrl-l")
        t.wait_for(lambda t: t.text() == PROMPT.rstrip())
    t.paste("import asyncio\n")  # a line alone is what somebody may try
    t.wait_for("help asyncio says more")
