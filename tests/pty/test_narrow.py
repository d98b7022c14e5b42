"""40 columns: what is said is broken between words, and keys are named."""

from session import PROMPT, command, leave, opened, type_line


def said(t):
    """What is on the screen, as if each row ended where a word does."""
    return " ".join(" ".join(t.lines()).split())


def narrow(start, **options):
    return opened(start, columns=40, **options)


def test_what_is_said_of_jobs_is_broken_between_words(start):
    t = narrow(start, rows=40)
    line = "run 2 timer nap=60000 beat=2 --clock=x1"
    type_line(t, line + " &")
    t.press("enter")
    t.wait_for("the nap begins")
    for words, answer in [("fg", "[1] has the foreground: "),
                          (None, "[1] continues beside the prompt: "),
                          ("quit", "[1] is still running, and is cancelled: ")]:
        if words:
            t.send(words + "\r")
        else:
            t.press("ctrl-z")
        t.wait_for(lambda t, answer=answer: answer + line in said(t))
        t.wait_rest()
    t.wait_end()


def test_exercises_are_listed_in_whole_words(start):
    t = narrow(start, rows=50)
    command(t, "exercise")
    for what in ("03 gather: results in the order asked for",
                 "assemble 1 needs no writing. progress says which are passed."):
        assert what in said(t), t.text()
    leave(t)


def test_questions_and_answers_of_an_exercise_are_whole(start):
    home = start("--version").home
    t = narrow(start, rows=50, folder=home, env={"HOME": str(home)})
    type_line(t, "exercise 11 c")
    t.press("enter")
    t.wait_for("Enter shows")
    t.wait_rest()
    for key, answer in [("h", "hint 1 of 3"), ("h", "hint 2 of 3"),
                        ("h", "The third hint says how. Show it?"),
                        ("n", None),
                        ("solution",
                         "Sure? y shows it; the exercise stays open."),
                        ("y", "solution again shows the next one, by another "
                              "way.")]:
        t.send(key + "\r")
        if answer:
            t.wait_for(lambda t, answer=answer: answer in said(t))
        t.wait_rest()
    t.send("q\r")
    t.wait_prompt(PROMPT)
    leave(t)


def test_keys_of_a_film_are_named_where_they_have_room(start):
    t = narrow(start)
    t.send("play x0.001 3\r")
    t.wait_for("space play  ← → moment  ? help  q leave")
    t.send("?")
    t.wait_for("any key goes back")
    t.wait_for(lambda t: "one variant after the other" in said(t))
    t.send("xq")
    t.wait_prompt(PROMPT)
    t.send("play x0.001 3 together\r")
    t.wait_for("space play  ← → moment  ? help  q leave")
    t.send("?")
    t.wait_for("any key goes back")
    t.wait_rest()
    assert "one variant after the other" not in said(t)
    t.send("xq")
    t.wait_prompt(PROMPT)
    leave(t)


def test_a_page_for_another_width_has_whole_words(start):
    t = opened(start)
    command(t, "help")
    t.send(" ")
    t.send("\r")
    t.wait_for("q leaves  space b pages")
    t.resize(40, 24)
    t.wait_for("q leaves  ? keys")
    t.wait_rest()
    assert not any(row.startswith(",") for row in t.lines()), t.text()
    assert "write a picture or a page to a file: svg" in said(t), t.text()
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_what_teach_says_is_whole_and_covers_no_more_than_it_must(start):
    t = narrow(start)
    t.send("teach 3\r")
    t.wait_for("space next  b back")
    t.wait_rest()
    rows = t.lines()
    t.send("?")
    t.wait_for(lambda t: "r run, h hold or let go, a 12 b 3 hands, : prompt"
               in said(t))
    t.wait_rest()
    kept = rows.index("")
    assert t.lines()[:kept] == rows[:kept], t.text()
    t.send("1")  # the cursor is where one types
    t.wait_for("Enter shows that block")
    t.wait_rest()
    assert t.cursor() == (1, 23) and not t.screen.cursor.hidden, t.cursor()
    t.send("0")
    t.wait_for("block 10 of")
    t.wait_rest()
    assert t.screen.cursor.hidden
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_the_cursor_is_where_words_to_search_for_are_typed(start):
    t = narrow(start)
    command(t, "help")
    t.send(" ")
    t.send("\r")
    t.wait_for("q leaves")
    t.wait_rest()
    assert t.screen.cursor.hidden
    t.send("/dem")
    t.wait_for(lambda t: t.lines()[23] == "/dem")
    t.wait_rest()
    assert t.cursor() == (4, 23) and not t.screen.cursor.hidden, t.cursor()
    t.send("\rq")
    t.wait_prompt(PROMPT)
    leave(t)


def test_a_sheet_of_questions_is_shown_page_by_page(start):
    t = narrow(start)
    command(t, "lessons --sheet 3")
    assert "Enter shows more. A space takes the whole screen." in said(t)
    assert "what do you expect?" in said(t), t.text()
    t.send("\r")
    t.wait_rest()
    leave(t)


def test_notes_say_how_to_leave_at_any_size(start):
    t = narrow(start)
    t.send("notes\r")
    t.wait_for("Nobody teaches here yet.")
    for columns, rows in (40, 24), (80, 24), (20, 3), (20, 1):
        t.resize(columns, rows)
        t.wait_for(lambda t: t.lines()[-1] == "q leaves")
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_choices_are_made_for_the_width_the_window_has_now(start):
    t = opened(start)
    type_line(t, "drive 19")
    t.press("enter")
    t.wait_for("run>")
    t.wait_rest()
    t.resize(40, 24)
    t.wait_rest()
    t.send("1\r")
    t.wait_for("blocks its own thread (line 17).")
    t.wait_for("    begins")
    t.send("q\r")
    t.wait_prompt(PROMPT)
    for line, help in [
            ("predict 3", "s skips the question, b goes back to the one before, "),
            ("try 11", "timeline and story show the last try, b the question, "),
            ("assemble 11", "h shows a hint, l the lines, s the task, b goes ")]:
        t.resize(80, 24)
        type_line(t, line)
        t.press("enter")
        t.wait_for(lambda t: t.lines()[t.cursor()[1]] == ">")
        t.resize(40, 24)
        t.wait_rest()
        t.send("?\r")
        t.wait_for(lambda t, help=help: help in said(t))
        t.wait_rest()
        t.send("q\r")
        t.wait_prompt(PROMPT)
    leave(t)


def test_what_commands_of_a_script_say_at_a_terminal_keeps_its_words(start):
    lines = ["run 3 in_turn n=1 delay=1 --clock=virtual", "jobs", "clock",
             "set 3 n=2", "set", "progress", "why t1", "fg 7", "frobnicate"]
    for columns in 40, 20:
        t = start("--keep-going", "-e", "\n".join(lines), columns=columns,
                  rows=150)
        t.wait_end()
        assert not t.too_long(), t.too_long()
        for what in ("Nothing runs beside the prompt. &", "takes a second.",
                     "is a beginning, and so is any other."):
            assert what in said(t), t.text()


def test_what_has_no_room_beside_continues_below(start):
    diff = "t1 together is going to wait for t6 e.txt (line 31)"
    for argv, words in [
            (["exercise"], "03 gather: results in the order asked for 04 "),
            (["bars", "22", "--clock=virtual"],
             "pg_one skipped: talks to PostgreSQL outside; add --clock=real "
             "pg_pool"),
            (["diff", "3", "--schedule=seed:3"], f"12 0 s {diff} 13 0 s"),
            (["lesson", "14"], "1 the fetches failed: connection refused 2 ")]:
        t = start(*argv, columns=40, rows=900)
        t.wait_end()
        assert words in said(t), t.text()


def test_later_lines_of_what_is_listed_hang(start):
    t = start("exercise", columns=40, rows=90)
    t.wait_end()
    assert "   for" in t.lines(), t.text()
    t = start("diff", "3", "--schedule=seed:3", columns=40, rows=90)
    t.wait_end()
    assert " " * 14 + "wait for t6 e.txt" in t.lines(), t.text()


def test_a_printed_lesson_shows_what_its_commands_print_here(start):
    t = start("lesson", "3", columns=40, rows=900)
    t.wait_end()
    rows = t.lines()
    for row in ("in_turn   " + "█" * 22 + " 5.000 s",  # not folded
                "loop      ●····●····●····●····●····●"):
        assert row in rows, t.text()
    begin = rows.index("looplab> timeline 3")
    assert rows[begin - 1] == "", t.text()
    assert rows[begin + 1:begin + 3] == [
        "03 sequential_gather: Is awaiting in a", "loop concurrent?"]


def test_a_long_command_of_a_printed_lesson_is_whole(start):
    t = start("lesson", "23", columns=40, rows=2000)
    t.wait_end()
    assert "".join(t.lines()).replace(" ", "").count(
        "lanes=loop,impatient,deadline,call,answer") == 1, t.text()


def test_what_a_printed_lesson_cannot_run_is_as_it_is_written(start):
    t = start("lesson", "28", columns=40, rows=2000,
              env={"LOOPLAB_PYTHON": "/nowhere"})
    t.wait_end()
    assert "looplab> run 28_your_own.py" in t.lines(), t.text()
    assert "1.000 s in_turn hello" in said(t), t.text()
    assert said(t).count("/nowhere") == 1, t.text()  # of the questions


LONG = """import asyncio
async def a_function_with_quite_a_long_name(i):
    await asyncio.sleep(i)
async def main():
    await asyncio.gather(*(a_function_with_quite_a_long_name(i)
                           for i in (1, 2)))
asyncio.run(main())
"""


def test_names_of_tasks_are_whole(start):
    home = start("--version").home
    (home / "long.py").write_text(LONG)
    name = "a_function_with_quite_a_long_name(1)"
    for argv, rows in [
            (["ps", "4", "pool", "at=0.5s"],
             ["t2 heartbeat  waiting", "  sleeps until 600.0 ms"]),
            (["timeline", "20", "together", "--clock=virtual"],
             ["crawl 1 to 100", "connection 1 to 100"]),
            (["tree", "long.py", "--clock=virtual"],
             ["├─ " + name, "│  (t2)"])]:
        t = start(*argv, columns=40, rows=60, folder=home)
        t.wait_end()
        for row in rows:
            assert row in t.lines(), t.text()


def test_lines_of_a_source_are_broken_where_they_may_be(start):
    t = start("source", "3", "together", columns=40, rows=40)
    t.wait_end()
    for row in ("        tasks[i] = lab_spawn(files[i],",
                "    LAB_TRY(lab_gather(tasks, n));",
                "        // one wait for all of them"):
        assert row in t.lines(), t.text()
    t = start("--version", columns=40)
    t.wait_end()
    assert "made visible" in t.lines(), t.text()


def test_what_is_said_after_ctrl_d_has_a_row_of_its_own(start):
    t = start("try", "6", columns=40, rows=40)
    t.wait_for(lambda t: t.line() == ">")
    t.wait_rest()
    t.press("ctrl-d")
    t.wait_end()
    assert not t.too_long(), t.too_long()
    assert "Next: sweep 6 fetch=100..900..100 shows" in t.lines(), t.text()
