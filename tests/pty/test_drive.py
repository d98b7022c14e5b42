"""drive at the prompt: who runs next is typed, and there is a way back."""

import subprocess

from session import PROMPT, command, leave, opened, type_line

CHOOSE = "run> "
COMMAND = "drive 19 two_orders"


def wait_choice(t, *names):
    """Waits for a choice among these, with an empty answer below."""
    def offered(t):
        rows = [row for row in t.lines()  # a long one continues in the next
                if row.strip() and not row.startswith("    ")]
        above = rows[-1 - len(names):-1]
        return (t.line() == CHOOSE.rstrip() and len(above) == len(names)
                and all(f" {i + 1} " in row and name in row
                        for i, (row, name) in enumerate(zip(above, names))))
    offered.__doc__ = f"a choice among {names}"
    t.wait_for(offered)
    t.wait_rest()


def choose(t, text):
    t.send(text)
    t.wait_for(lambda t: t.line() == CHOOSE + text)
    t.press("enter")


def begin(t, line=COMMAND):
    type_line(t, line)
    t.press("enter")
    wait_choice(t, "a  begins", "b  begins")


def test_choices_the_way_back_and_the_end(start):
    t = opened(start, columns=40)
    begin(t)
    choose(t, "1")
    wait_choice(t, "b  begins", "a  line")
    choose(t, "3")
    t.wait_for("from 1 to 2")
    choose(t, "b")
    wait_choice(t, "a  begins", "b  begins")
    choose(t, "1")
    wait_choice(t, "b  begins", "a  line")
    assert not t.too_long(), t.too_long()
    assert 'int rc = lab_sleep(\n           lab_param("think"));' in t.text(), (
        "it is whole")
    choose(t, "2")
    t.wait_for("You won with 2 choices, 1 of them")
    t.wait_for(lambda t: t.line() == CHOOSE.rstrip())
    choose(t, "b")
    wait_choice(t, "b  begins", "a  line")
    choose(t, "auto")
    t.wait_for("Not yet: there were")
    t.wait_for(lambda t: t.line() == CHOOSE.rstrip())
    choose(t, "again")
    wait_choice(t, "a  begins", "b  begins")
    choose(t, "q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_a_question_mark_shows_the_choices_again(start):
    t = opened(start)
    begin(t)
    choose(t, "1")
    wait_choice(t, "b  begins", "a  line")
    choose(t, "?")
    t.wait_for(lambda t: t.text().count("1 t3 b  begins") == 2)
    wait_choice(t, "b  begins", "a  line")
    t.press("enter")
    t.wait_for(lambda t: t.text().count("1 t3 b  begins") == 3)
    wait_choice(t, "b  begins", "a  line")
    choose(t, "auto")
    t.wait_for("Not yet: there were")
    t.wait_for(lambda t: t.line() == CHOOSE.rstrip())
    choose(t, "?")
    t.wait_for("It is over: b goes back")
    choose(t, "q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_ctrl_c_leaves_the_choice_not_looplab(start):
    t = opened(start)
    begin(t)
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    type_line(t, COMMAND + " &")
    t.press("enter")
    t.wait_for("leave the & out")
    leave(t)


def piped(t, text, *words):
    return subprocess.run([t.argv[0], *words], input=text, text=True,
                          capture_output=True, check=False)


def test_a_call_too_wide_for_its_column_continues_below(start):
    t = opened(start)
    shown = piped(t, "1\n", "drive", "12", "unbounded", "--width=40").stdout
    leave(t)
    assert "…" not in shown, shown
    assert '  lab_sleep(lab_param(\n                  "make")));\n' in shown, shown


def test_a_pipe_chooses_as_the_prompt_does(start):
    t = opened(start)
    begin(t)
    leave_by = piped(t, "1\n2\n", *COMMAND.split())
    script = piped(t, COMMAND + "\n1\n2\n")
    assert leave_by.returncode == 0 and not leave_by.stderr, leave_by
    assert leave_by.stdout == script.stdout, script.stdout
    row = next(row for row in leave_by.stdout.split("\n")
               if row.startswith("timeline "))
    drawn = piped(t, "", *row.replace("timeline", "run").split())
    assert drawn.stdout.count("has both") >= 2, drawn
    nobody = piped(t, "", *COMMAND.split())
    assert "Nobody chooses here." in nobody.stdout, nobody
    choose(t, "q")
    t.wait_prompt(PROMPT)
    leave(t)


def left(t):
    """Leaves; what is said of that."""
    choose(t, "q")
    t.wait_prompt(PROMPT)
    rows = t.lines()
    return rows[len(rows) - rows[::-1].index(CHOOSE + "q"):]


def test_who_leaves_is_told_how_to_continue(start):
    t = opened(start, columns=40)
    begin(t)
    choose(t, "1")
    wait_choice(t, "b  begins", "a  line")
    said = left(t)
    assert said[0] == "drive 19 two_orders think=0 save from 0", t.text()
    assert said[2] == "orders 19 two_orders think=0", t.text()
    assert "lesson 19 says more." in said, t.text()
    type_line(t, said[0])
    t.press("enter")
    wait_choice(t, "b  begins", "a  line")
    choose(t, "2")
    t.wait_for("You won with 2 choices, 1 of them")
    t.wait_for(lambda t: t.line() == CHOOSE.rstrip())
    assert left(t)[0] == said[2]  # there is nothing to continue
    command(t, said[2])
    leave(t)
