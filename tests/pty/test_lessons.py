"""Reading a lesson at the prompt, page by page."""

import os
import re

from session import HERE, PROMPT, command, leave, opened, type_line

LESSONS = f"{HERE}/../../lessons"
FOOTER = re.compile(r"^(\d+) of (\d+)\. ")


def questions(t, before=0):
    """The questions asked since then."""
    return re.findall(rb"\d of \d: ", t.raw[before:])


def page(t):
    """What Enter on an empty line shows: the rows above the new prompt."""
    before = len(t.raw)
    t.press("enter")
    asked = 0
    while True:
        t.wait_for(lambda t: re.search(rb"\d+ of \d+\. ", t.raw[before:])
                   or b"last lesson" in t.raw[before:]
                   or len(questions(t, before)) > asked)
        if len(questions(t, before)) == asked:
            break
        asked += 1
        t.wait_for(lambda t: t.line() == ">")
        t.press("enter")  # skips it
    t.wait_prompt(PROMPT)
    t.wait_rest()
    return t.lines()[:t.cursor()[1]]


def footer(rows):
    """The last line of a page that says where we are, to its end."""
    at = max(i for i, row in enumerate(rows) if FOOTER.match(row))
    return " ".join(rows[at:])


def words_of(rows):
    return [word for row in rows for word in row.split()]


def test_a_lesson_is_read_to_its_end_with_nothing_scrolled_away(start):
    """From top to bottom by Enter alone: after each the screen still shows
    the line on which Enter was pressed, or begins with the page."""
    for columns, rows in ((80, 24), (40, 24), (80, 10), (200, 50)):
        t = opened(start, columns=columns, rows=rows)
        command(t, "lesson 2 1")
        last, parts = 1, 0
        for _ in range(400):
            where = footer(t.lines()[:t.cursor()[1]])
            part, parts = map(int, FOOTER.match(where).groups())
            assert part in (last, last + 1), where
            last = part
            if "This is the end" in where:
                break
            shown = len(t.raw)
            page(t)
            if questions(t, shown):
                continue  # Enter was pressed for each of them
            # Rows that this page took, with the prompt below it.
            text = re.sub(rb"\033\[[0-9;?]*[A-Za-z]", b"", t.raw[shown:])
            if b"\n" * (rows - 2) in text.replace(b"\r", b""):
                continue  # a part of its own, from the top
            assert text.count(b"\n") <= rows, (where, text)
        assert last == parts, (last, parts)
        leave(t)


def test_a_part_begins_on_a_screen_of_its_own(start):
    t = opened(start, rows=50)
    command(t, "lesson 3")
    assert t.lines()[0].startswith("03 "), t.lines()
    assert t.lines()[1].startswith("──"), t.lines()
    rows = page(t)
    assert rows[0].startswith("Predict"), rows
    assert not any(row.startswith("03 ") for row in rows), rows
    rows = command(t, "back")
    assert t.lines()[0].startswith("03 "), t.lines()


def test_enter_runs_the_command_that_was_announced(start):
    t = opened(start, rows=60)
    command(t, "lesson 2 3")
    announced = footer(t.lines()[:t.cursor()[1]])
    assert "Enter runs: run 2 (" in announced, announced
    rows = page(t)
    assert "looplab> run 2" in rows, rows
    assert any("clock virtual" in row for row in rows), rows
    assert any("heartbeat" in row or "1.250 s" in row for row in rows), rows


def test_q_leaves_what_is_read_before_it_leaves_looplab(start):
    t = opened(start)
    command(t, "list")
    assert "Enter shows more" in t.text()
    command(t, "q")
    shown = len(t.raw)
    t.press("enter")
    t.wait_for(lambda t: len(t.raw) > shown)
    command(t, "clock")
    assert b" of " not in t.raw[shown:], t.raw[shown:]
    command(t, "lesson 1 7")
    for seen in ("7 of 7. This is the end. Enter begins lesson 2.",
                 "Or type: exercise 1, exercise 1 python, predict 1 again"):
        assert seen in t.text(), t.text()
    rows = command(t, "b")
    assert any(row.startswith("6 of 7. ") for row in rows), rows
    rows = command(t, "q")
    assert "lesson 1 continues where you are; q again leaves looplab." in rows
    rows = command(t, "lesson")
    assert any(row.startswith("6 of 7. ") for row in rows), rows
    command(t, "q")
    type_line(t, "q")
    t.press("enter")
    assert t.wait_end() == 0


def test_other_commands_may_stand_between(start):
    t = opened(start)
    command(t, "lesson 2")
    command(t, "clock")
    rows = page(t)
    assert rows[0].startswith("Predict"), rows


def test_what_needs_a_demo_names_that_of_the_lesson(start):
    t = opened(start)
    command(t, "predict")
    assert "nothing has run yet; say which demo: predict 3" in t.text()
    command(t, "lesson 15")
    for word in "predict", "timeline", "play":
        command(t, word)
        assert f"say which demo: {word} 15" in t.text()
    leave(t)


def test_the_place_is_remembered_by_the_next_session(start):
    t = opened(start)
    command(t, "lesson 2")
    page(t)
    leave(t)
    u = opened(start, env={"HOME": str(t.home)})
    command(u, "lesson")
    assert u.lines()[0].startswith("Predict"), u.lines()


def test_ctrl_c_drops_what_is_typed_and_the_lesson_stays_open(start):
    t = opened(start)
    command(t, "lesson 2")
    type_line(t, "abc")
    t.press("ctrl-c")
    t.wait_for(lambda t: t.lines()[t.cursor()[1]] == PROMPT.rstrip())
    rows = page(t)
    assert rows[0].startswith("Predict"), rows


def test_lessons_fit_20_columns(start):
    t = opened(start, columns=20, rows=30)
    before = set(t.too_long())
    command(t, "lesson 2")
    for _ in range(6):
        page(t)
    assert set(t.too_long()) <= before, t.too_long()


def test_without_a_line_editor_enter_continues_too(start):
    t = start(env={"TERM": "dumb"})
    t.wait_for(lambda t: PROMPT.rstrip() in t.lines())
    t.send("lesson 2\r")
    t.wait_for("Enter continues: Predict")
    t.send("\r")
    t.wait_for("2 of ")


def test_every_lesson_can_be_opened(start):
    t = opened(start)
    for name in sorted(os.listdir(LESSONS)):
        if re.match(r"\d\d_", name):
            rows = command(t, f"lesson {int(name[:2])} 1")
            assert t.lines()[0].startswith(name[:2]), t.lines()
            assert re.search(r"Enter .*\(b back, q leaves\)", footer(rows))
            rows = command(t, f"lesson {int(name[:2])} 99")
            assert "This is the end" in footer(rows) or "shows more" in (
                footer(rows)), rows  # of a long one
            if "This is the end" in footer(rows):
                assert "Or type: " in footer(rows), rows


def test_a_lesson_asks_before_its_runs(start):
    t = opened(start, rows=40)
    command(t, "lesson 3 2")
    assert "Enter asks what you expect" in footer(t.lines()[:t.cursor()[1]])
    t.press("enter")
    for number, typed, seen in ((1, "1 2", "Not quite."),
                                (2, "1s", "Yes: 1.000 s."), (3, "", None)):
        t.wait_for(lambda t: len(questions(t)) == number and t.line() == ">")
        t.send(typed)
        t.wait_for(lambda t: t.line() == f"> {typed}".rstrip())
        t.press("enter")
        if seen:
            t.wait_for(seen)
    t.wait_prompt(PROMPT)
    assert "1 of 2 right, 1 skipped. review asks later what was" in t.text()
    assert footer(t.lines()[:t.cursor()[1]]).startswith("2 of 7. Enter "
                                                        "continues: Run")
    assert "right=elapsed missed=rank skipped=thread" in (
        t.home / ".local/state/looplab/progress").read_text()
