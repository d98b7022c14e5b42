"""What stands at the prompt, and what the commands answer there."""

from session import (DEMOS, PROMPT, colours, command, laid_out, opened,
                     type_line, wait_line)


def test_looplab_greets_and_says_what_to_try(start):
    t = opened(start)
    rows = t.lines()
    assert rows[0].startswith("looplab ") and rows[1].startswith("Try"), rows
    assert "list" in rows[1] and "run 3" in rows[1] and "help" in rows[1]
    assert rows[2] == PROMPT.rstrip() and t.cursor() == (len(PROMPT), 2)


def test_list_shows_each_demo_with_its_question(start):
    t = opened(start, rows=60, columns=120)
    rows = [row.partition(" (without ")[0] for row in command(t, "list")]
    assert ["_".join(row.split()[:2]) for row in rows] == DEMOS, rows
    assert all(row.endswith("?") for row in rows), rows


def test_a_virtual_run_ends_at_once_with_a_table(start):
    t = opened(start, rows=40)
    rows = command(t, "run 3 --clock=virtual")
    assert any(row.split() == ["in_turn", "n", "*", "delay", "5.000", "s",
                               "5.000", "s", "1.00", "yes"]
               for row in rows), rows


def test_compare_and_timeline_show_what_ran_last(start):
    t = opened(start, rows=40)
    ran = command(t, "run 3 --clock=virtual")
    table = [row.startswith("variant ") for row in ran].index(True) - 1
    shown = command(t, "compare")
    assert shown[:len(ran) - table] == ran[table:], shown
    shown = command(t, "timeline")
    assert shown[0] == "" and shown[1].startswith("in_turn  5.000 s"), shown
    assert shown[-1].startswith("● running"), shown


def test_what_was_set_holds_until_it_is_reset(start):
    t = opened(start, "--clock=virtual", rows=40)
    command(t, "set 3 delay=200")
    assert any("1.000 s   1.000 s" in row
               for row in command(t, "run 3 in_turn"))
    command(t, "set 3 reset")
    assert any("5.000 s   5.000 s" in row
               for row in command(t, "run 3 in_turn"))


def test_a_wrong_word_gets_one_sentence_that_helps(start):
    t = opened(start)
    for line, sentence in {
            "rnu": 'did you mean "run"?',
            "3": 'did you mean "run 3"?',
            "run 3 togehter": 'did you mean "together"?',
            "run 3 dely=3": 'did you mean "delay"?',
            "run 4 pool_3": "it is pool workers=3",
            "run 4 pool_x": 'did you mean "pool_1"?',
            "run 3 --clok": "did you mean --clock?",
            "clock soon": '"soon"',
            "run 99": "99"}.items():
        rows = command(t, line)
        assert len(rows) <= 2 and sentence in " ".join(rows), (line, rows)


def test_a_wrong_option_is_known_by_its_name_whatever_its_value(start):
    rows = command(opened(start), "run 3 --clok=real")
    assert "did you mean --clock" in rows[0], rows


def test_a_wrong_number_gets_one_sentence_that_says_what_it_may_be(start):
    t = opened(start)
    for value in ("delay=abc", "delay=-1", "delay=1e99", "n=0", "n=9"):
        rows = command(t, "run 3 " + value)
        assert len(rows) == 1 and " must be " in rows[0], rows
        assert rows[0].startswith(value.split("=")[0]), rows


def test_help_fits_the_terminal(start):
    t = opened(start, rows=60)
    for line in ("help", "help options"):
        assert len(command(t, line)) > 10
    for name in ("list", "run", "compare", "timeline", "set", "clock",
                 "source", "lesson", "lessons", "help", "quit"):
        assert command(t, "help " + name)[0].startswith(name)
    assert not t.too_long(), t.too_long()


def test_an_empty_line_and_a_comment_print_nothing(start):
    t = opened(start)
    for _ in range(2):
        row = t.cursor()[1]
        t.press("enter")
        t.wait_for(lambda t: t.cursor() == (len(PROMPT), row + 1))
    assert command(t, "  # only thinking") == []


def test_a_line_can_be_edited_anywhere(start):
    t = opened(start)
    type_line(t, "lit")
    t.press("left")
    t.send("s")
    wait_line(t, "list", 3)
    t.press("home")
    t.send("x y ")
    wait_line(t, "x y list", 4)
    t.press("backspace", "ctrl-w", "ctrl-w")
    wait_line(t, "list", 0)
    t.press("right", "delete", "end", "ctrl-k")
    wait_line(t, "lst")
    t.press("home", "right")
    t.send("i")
    wait_line(t, "list", 2)
    t.press("enter")
    t.wait_for("Where can blocking work go?")


def test_a_wrapped_line_is_edited_whole(start):
    t = opened(start, columns=40)
    type_line(t, "x" * 71)  # to the margin
    type_line_more(t, "x" * 71, "yz")
    t.press("home")
    t.send("A")
    wait_line(t, "A" + "x" * 71 + "yz", 1)
    t.press("end", "backspace", "backspace")
    wait_line(t, "A" + "x" * 71)
    t.press("enter")
    t.wait_for("no command")


def type_line_more(t, typed, more):
    """Types more behind what is typed."""
    t.send(more)
    wait_line(t, typed + more)


def test_wide_characters_keep_the_cursor_right(start):
    t = opened(start, columns=40)
    type_line(t, "世界" * 8 + "ab")  # half of one would fit in the first row
    t.press("home", "delete")
    wait_line(t, "界世" * 7 + "界ab", 0)
    t.press(*["right"] * 15)
    wait_line(t, "界世" * 7 + "界ab", 15)
    t.press("enter")
    t.wait_for('"' + "界世" * 7)


def test_colour_is_there_unless_it_is_unwanted(start):
    for options, env, wanted in (
            ([], {}, True),
            ([], {"NO_COLOR": "1"}, False),
            ([], {"NO_COLOR": ""}, True),  # empty is as good as unset
            (["--color=never"], {}, False),
            (["--color=always"], {"NO_COLOR": "1"}, True),
            ([], {"TERM": "dumb"}, False)):
        t = opened(start, "--clock=virtual", *options, env=env, rows=50)
        for line in ("list", "run 3 --timeline", "compare", "help", "rn"):
            command(t, line)
        t.press("ctrl-d")
        t.wait_end()
        assert bool(colours(t)) == wanted, (options, env)


def test_without_utf_8_other_letters_can_be_typed_all_the_same(start):
    t = opened(start, env={"LANG": "C"})
    assert "wörld" in command(t, "wörld")[0]
    rows = command(t, "run 3 together --clock=virtual --timeline")
    assert all(row.isascii() for row in rows), rows


def test_lists_tables_and_timelines_fit_20_columns(start):
    t = opened(start, "--clock=virtual", columns=20, rows=160)
    command(t, "run 4")
    before = t.too_long()
    for line in ("list", "compare", "timeline"):
        assert len(command(t, line)) >= 8
    assert set(t.too_long()) <= set(before), t.too_long()


def test_what_a_run_says_fits_20_columns(start):
    t = opened(start, "--clock=virtual", columns=20, rows=80)
    before = t.too_long()  # of the greeting
    assert len(command(t, "run 3")) >= 30
    assert t.too_long() == before, t.too_long()


def test_a_screen_of_hardly_any_columns_crashes_nothing(start):
    for columns in (1, 2, 5, 9, 10):
        t = start(columns=columns, rows=5)
        t.wait_for(lambda t: "> " in t.raw.decode().replace("\033[0m", ""))
        t.send("run 3 --clock=virtual --timeline\r")
        t.press("ctrl-d")
        assert t.wait_end() == 0


def test_a_command_draws_for_the_size_there_is_now(start):
    t = opened(start, columns=80)
    t.resize(40, 24)
    rows = command(t, "list")
    assert not [row for row in t.too_long() if row in rows], rows


# Each is answered by a sentence that is longer than a narrow line.
SENTENCES = ["frobnicate", "run 3 x10 i", "run 3 dealy=5", "export svgg a",
             "back", "timeline 3 lanes=foo --clock=virtual", "source 3 --json",
             "run 3 --colour=always",
             "why", "source 3 foo bar", "lessons foo", "run 4 pool_3", "set",
             "clock virtual", "set 3 delay=99999999", "why 'job 1",
             "run 1 --clock=fast", "timeline --clock=real",
             "run 100 --record=x.jsonl", "orders 3", "forward", "help frob"]


def sentences(start, columns):
    """What is answered, line by line, and what was too long for the screen."""
    t = opened(start, columns=columns, rows=60)
    answers = []
    for line in SENTENCES:
        t.press("ctrl-l")
        t.wait_prompt(PROMPT)
        answers.append(command(t, line))
        typed = laid_out(PROMPT + line, columns)[0]
        assert set(t.too_long()) <= set(typed), (line, answers[-1])
    return answers


def test_sentences_are_wrapped_at_words_at_any_width(start):
    wide = sentences(start, 200)
    for columns in (80, 40, 24):
        for line, before, after in zip(SENTENCES, wide,
                                       sentences(start, columns)):
            words = " ".join(before).split()
            assert " ".join(after).split()[-len(words):] == words, (
                columns, line, after)
