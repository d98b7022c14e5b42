"""What is typed while a run has the foreground stands below what it shows."""

from session import (PROMPT, command, leave, opened, type_line,
                     wait_line)
from test_jobs import begin

QUIET = "timeline 3 in_turn delay=60000"


def wait_row(t, row):
    """Waits until the row of the cursor, the last on the screen, is this one,
    with the cursor after it."""
    def shown(t):
        y = t.cursor()[1]
        return (t.line() == row and t.cursor()[0] == len(row)
                and not any(t.lines()[y + 1:]))
    shown.__doc__ = f"the last row is {row!r}"
    t.wait_for(shown)


def test_a_line_that_is_begun_stands_below_the_picture_of_the_run(start):
    for columns in 80, 40:
        t = opened(start, columns=columns)
        begin(t, QUIET, " of 300.0 s")
        top = t.lines().index(PROMPT + QUIET)
        t.send("clo")
        wait_row(t, "waiting: clo")
        before = len(t.raw)  # and it stays through many frames
        t.wait_for(lambda t: t.raw[before:].count(b"of 300.0 s") > 3)
        wait_row(t, "waiting: clo")
        assert t.text().count("of 300.0 s") == 1, "one picture"
        assert t.text().count("waiting: ") == 1
        assert t.lines().index(PROMPT + QUIET) == top, "nothing has scrolled"
        t.send("\177\177iste")
        wait_row(t, "waiting: ciste")
        t.press("ctrl-u")
        wait_row(t, "")
        t.send("x" * 100)  # its end is what changes
        wait_row(t, "waiting: …" + "x" * (columns - 11))
        t.send("\025lis")
        wait_row(t, "waiting: lis")
        t.press("ctrl-z")  # then it is what the prompt has
        wait_line(t, "lis")
        assert "waiting: " not in t.text() and "300.0 s" not in t.text()
        t.press("ctrl-u")
        leave(t)


def test_a_line_that_is_begun_stays_below_what_a_run_prints(start):
    t = opened(start, columns=40)
    begin(t, "run 3 in_turn n=8 delay=1500", " arrived")
    t.send("li")
    wait_row(t, "waiting: li")
    count = t.raw.count(b" arrived")
    t.wait_for(lambda t: t.raw.count(b" arrived") > count)
    wait_row(t, "waiting: li")
    assert t.text().count("waiting: ") == 1
    rows = [row for row in t.lines() if "arrived" in row]
    assert len(rows) == t.raw.count(b" arrived"), "each line of the run is there"
    t.send("st\rps")  # a whole line stays, the next one is below
    wait_row(t, "waiting: ps")
    assert "waiting: list" in t.lines()
    t.resize(60, 24)
    t.send("\177")
    wait_row(t, "waiting: p")
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    assert "waiting: p" not in t.lines()
    leave(t)


def test_a_window_made_narrow_leaves_one_row_of_what_is_begun(start):
    t = opened(start)
    begin(t, "run 2 timer nap=60000 beat=2", "the nap begins")
    t.send("y" * 60)
    wait_row(t, "waiting: " + "y" * 60)
    t.resize(30, 24)
    t.send("zz")
    wait_row(t, "waiting: …" + "y" * 17 + "zz")
    assert t.text().count("waiting: ") == 1
    assert "y" * 30 not in t.text(), "the row of before is gone"
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    leave(t)


def test_a_line_that_is_begun_is_edited_as_at_the_prompt(start):
    for columns in 80, 40:
        t = opened(start, columns=columns)
        command(t, "clock virtual")
        type_line(t, "x why t3 y")  # some of it is killed, for Ctrl-Y
        t.send("\177\177\027\027\033\177\025")
        type_line(t, "ab cd ef")
        t.send("\001\006\013\177")
        wait_line(t, "")
        begin(t, QUIET + " --clock=real", " of 300.0 s")
        for keys, at, text in (
                ("\031", 7, "b cd ef"), ("\025", 0, ""),
                ("lst\033[D\033[Di", 2, "list"), ("\005s", 5, "lists"),
                ("\001\033[3~", 0, "ists"), ("\013", 0, ""),
                ("run 3 in\033b\033[1;5D", 4, "run 3 in"),
                ("\025\013\020\020", 13, "clock virtual"),
                ("\025tim\033[C", len(QUIET) + 13, QUIET + " --clock=real"),
                ("\025li\t", 5, "list "),
                ("\025\022virt", 13, "clock virtual"), ("\007\025", 0, "")):
            t.send(keys)
            room = columns - 10
            row = "waiting: " + (text if len(text) <= room
                                 else "…" + text[1 - room:])
            x = 9 + (at if len(text) <= room else room)
            if not text:
                row, x = "", 0

            def shown(t):
                return t.line() == row.rstrip() and t.cursor()[0] == x
            shown.__doc__ = f"the row {row!r} with the cursor in {x}"
            t.wait_for(shown)
        t.send("lock real\033[Hc\r\033[A x\033[D")
        t.wait_for("waiting: clock real x")
        assert "waiting: clock real" in t.lines()
        t.press("ctrl-z")  # what was shown is what is run
        wait_line(t, "clock real x", at=11)
        assert "looplab> clock real" in t.lines()
        t.press("ctrl-u")
        leave(t)


def test_a_long_line_that_is_begun_is_shown_where_its_cursor_is(start):
    t = opened(start, columns=40)
    begin(t, QUIET, " of 300.0 s")
    t.send("a" * 10 + "b" * 40)
    wait_row(t, "waiting: …" + "b" * 29)
    t.send("\001")
    t.wait_for(lambda t: t.line() == "waiting: " + "a" * 10 + "b" * 20
               and t.cursor()[0] == 9)
    t.send("\006x")
    t.wait_for(lambda t: t.line() == "waiting: ax" + "a" * 9 + "b" * 19
               and t.cursor()[0] == 11)
    t.press("ctrl-c")
    t.wait_prompt(PROMPT)
    leave(t)


def test_what_was_begun_goes_to_who_takes_the_keys_and_leaves_no_row(start):
    t = opened(start, "/bin/sh", "-c", 'cd; exec "$LOOPLAB" '
               '--demos="${LOOPLAB%/*}/tests-demos"', rows=40)
    begin(t, "stepper 90 when_told wait=1 --clock=real", "nowhere, however late")
    t.send("x")  # which means nothing to the stepper
    wait_row(t, "waiting: x")
    (t.home / "go").touch()
    t.wait_for(lambda t: t.screen.alternate)
    t.send("q")
    t.wait_prompt(PROMPT)
    assert "waiting" not in t.lines(), t.text()
    leave(t)
