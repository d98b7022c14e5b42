"""Answers that are longer than the screen: page by page, none of it lost."""

import re
import subprocess

from session import DEMOS, PROMPT, command, leave, opened, type_line

FOOTER = re.compile(r"^(\d+) of (\d+) lines\. Enter shows more\.")
# One of each kind of answer: help, lists, a source, views, a question.
ANSWERS = ["help", "help words", "help run", "list", "lessons", "source 3",
           "source 3 together", "timeline 11 --clock=virtual",
           "compare 14 --clock=virtual", "story 3 --clock=virtual", "ps"]


def joined(rows):
    """Rows without the empty ones, a footer that is wrapped being one."""
    return [row for row in rows if row]


def next_page(t):
    """What Enter on an empty line shows."""
    before = len(t.raw)
    t.press("enter")
    t.wait_for(lambda t: len(t.raw) > before)
    t.wait_prompt(PROMPT)
    t.wait_rest()
    rows = t.lines()[:t.cursor()[1]]
    prompts = [i for i, row in enumerate(rows) if row == PROMPT.rstrip()]
    return rows[prompts[-1] + 1:] if prompts else rows


def take_footer(rows):
    """Takes the footer off rows; returns how many lines were shown, or None."""
    for n in (1, 2, 3):
        found = FOOTER.match(" ".join(rows[-n:]))
        if found:
            del rows[-n:]
            return int(found.group(1))
    return None


def whole(t, line):
    """What line answers, page after page, and how many pages there are."""
    rows, pages = command(t, line), 1
    said, before = [], 0
    while (shown := take_footer(rows)) is not None:
        assert shown > before, (line, shown, before)
        said, before = said + joined(rows), shown
        rows = next_page(t)
        pages += 1
    return said + joined(rows), pages


def piped(t, line):
    """The same answer where nobody reads along."""
    words = [t.argv[0], *line.split(), f"--width={t.screen.columns}"]
    if line.split()[0] in ("source", "lessons"):
        words.pop()
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return joined(row.rstrip() for row in done.stdout.split("\n"))


def test_nothing_of_an_answer_scrolls_away(start):
    for columns, rows in ((80, 24), (40, 24), (80, 10), (100, 60)):
        t = opened(start, columns=columns, rows=rows)
        for line in ANSWERS:
            if line == "ps":
                command(t, "help quit")  # something else has been answered
            said, pages = whole(t, line)
            expected = piped(t, line) if line != "ps" else said
            if line.startswith("source"):  # its lines are cut by the edge
                said, expected = ("".join("".join(rows).split())
                                  for rows in (said, expected))
            assert said == expected, (columns, rows, line, said, expected)
            if line == "help words":
                assert pages > 1, (columns, rows)


def test_what_fits_has_one_page_and_no_footer(start):
    t = opened(start, rows=90)
    rows = command(t, "help")
    assert rows[0].startswith("looplab makes asynchronous time"), rows
    assert not any(FOOTER.match(row) for row in rows), rows
    rows = command(t, "list")
    assert DEMOS[-1].replace("_", " ", 1) in rows[-1], rows
    assert not any(FOOTER.match(row) for row in rows), rows


def test_a_page_stands_below_the_line_that_asked_for_it_or_at_the_top(start):
    t = opened(start, rows=24)
    command(t, "help words")
    rows = t.lines()
    assert rows[0].startswith("Words of asyncio") or \
        rows[0] == PROMPT + "help words" or rows[1].startswith("Words of"), rows
    assert rows[-1] == PROMPT.rstrip(), rows


def test_any_other_line_drops_the_rest(start):
    t = opened(start)
    command(t, "help words")
    command(t, "help quit")
    before = t.text()
    rows = next_page(t)
    assert not joined(rows), (rows, before)


def test_a_lesson_waits_until_the_answer_has_been_read(start):
    t = opened(start)
    command(t, "lesson 2")
    whole(t, "help")
    rows = next_page(t)
    assert rows[0].startswith("Predict"), rows


def test_a_command_of_a_lesson_has_the_pages_of_the_lesson(start):
    t = opened(start, rows=14)
    command(t, "lesson 11 3")
    for _ in range(12):
        rows = next_page(t)
        assert not any(FOOTER.match(row) for row in rows), rows


def test_what_a_run_says_is_not_paged(start):
    t = opened(start, rows=12)
    rows = command(t, "run 14 --clock=virtual")
    assert not any(FOOTER.match(row) for row in rows), rows
    assert not joined(next_page(t))


def test_what_a_run_said_can_be_read_again(start):
    t = opened(start, rows=12)
    rows = command(t, "run 14 --clock=virtual")
    assert re.match(r"\d+ lines\. A space shows them again", rows[-1]), rows
    t.send(" ")
    t.wait_for(lambda t: "q leaves" in t.line())
    assert t.lines()[0].startswith("14 "), t.lines()  # its beginning
    assert t.screen.alternate
    t.send("q")
    t.wait_prompt(PROMPT)
    t.send("\r")  # an empty line is one, and says nothing
    t.wait_prompt(PROMPT)
    rows = command(t, "help quit")
    assert not any("A space" in row for row in rows), rows


def test_a_space_takes_the_whole_screen_for_an_answer(start):
    t = opened(start)
    rows = command(t, "help words")
    shown = take_footer(rows)
    t.send(" ")
    t.wait_for(lambda t: "q leaves" in t.line())
    first = int(re.match(r"(\d+) to", t.line()).group(1))
    assert shown < first <= shown + 2, (shown, t.line())
    t.send("/shield\r")
    t.wait_for(lambda t: "shield" in t.lines()[0])
    t.send("G")
    t.wait_for("flaky")
    t.send("g")
    t.wait_for(lambda t: t.lines()[0].startswith("Words of asyncio"))
    t.resize(40, 10)
    t.wait_for(lambda t: "1 to " in t.lines()[-1])
    t.resize(80, 24)
    t.send("q")
    t.wait_prompt(PROMPT)
    assert not t.screen.alternate and not t.screen.cursor.hidden
    rows = command(t, "help quit")
    t.send(" ")  # what fits needs no pager: it is typed
    t.wait_for(lambda t: t.cursor()[0] == len(PROMPT) + 1)
    t.press("backspace")
    leave(t)


def test_a_space_leaves_no_empty_row_behind(start):
    t = opened(start)
    command(t, "help words")
    t.send(" ")
    t.wait_for("q leaves")
    before = t.raw[:t.raw.index(b"\033[?1049h")]
    back = before.rfind(b"\033[A\033[2K")  # to the row of the prompt
    assert back > 0 and b"\n" not in before[back:], before[-80:]
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_a_pager_of_ones_own_gets_the_whole_answer(start):
    t = opened(start, env={"PAGER": "sed s/^/paged:/"})
    command(t, "help words")
    t.send(" ")
    t.wait_for("paged:")
    t.wait_prompt(PROMPT)
    assert b"paged:Words of asyncio" in t.raw
    assert "paged:  flaky" in t.text(), t.text()
    leave(t)


def test_a_pager_that_is_not_there_leaves_the_answer_to_ours(start):
    t = opened(start, env={"PAGER": "/none/pager"})
    command(t, "help words")
    t.send(" ")
    t.wait_for("q leaves")
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_an_answer_beside_a_typed_line_is_whole(start):
    t = opened(start)
    type_line(t, "timeline 11 --clock=virtual &")
    t.press("enter")
    t.wait_for(lambda t: b"] done: " in t.raw)
    t.wait_rest()
    assert b"Enter shows more" not in t.raw


def test_without_a_line_editor_answers_have_pages_too(start):
    t = start(env={"TERM": "dumb"})
    t.wait_for(lambda t: PROMPT.rstrip() in t.lines())
    t.send("help words\r")
    t.wait_for("Enter shows more")
    t.send("\r")
    t.wait_for(lambda t: t.raw.count(b"Enter shows more") == 2)


def test_an_answer_to_the_shell_is_whole(start):
    t = start("help", "words")
    assert t.wait_end() == 0
    assert b"Enter shows more" not in t.raw
    assert b"flaky" in t.raw
