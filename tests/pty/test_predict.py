"""predict at the prompt: answers are typed, and no key but Enter takes one."""

import json
import subprocess

from session import DEMOS, PROMPT, command, history, leave, opened, type_line

ANSWER = "> "


def begin(t, line="predict 3"):
    """Types the command, and waits for its first question."""
    type_line(t, line)
    t.press("enter")
    wait_question(t, 1)


def wait_question(t, number):
    """Waits until question number is asked last, and an answer can be typed."""
    def asked(t):
        rows = [row for row in t.lines() if " of " in row and ": " in row]
        return (bool(rows) and rows[-1].startswith(f"{number} of ")
                and t.line() == ANSWER.rstrip())
    asked.__doc__ = f"question {number} with an empty line below"
    t.wait_for(asked)
    t.wait_rest()


def answer(t, text):
    """Types an answer, sees it, and enters it."""
    t.send(text)
    t.wait_for(lambda t: t.line() == ANSWER + text)
    t.press("enter")


def test_a_miss_and_the_way_back_and_out(start):
    t = opened(start)
    begin(t)
    answer(t, "1 2")
    wait_question(t, 2)
    rows = t.lines()
    at = rows.index("Not quite. You said: in_turn, together.")
    assert "event 8 of in_turn: t1 in_turn sleeps" in rows[at + 1], rows
    assert "  together: spawn all, gather" in rows, rows  # what it is
    assert any(row.startswith("yours") and row.endswith("?") for row in rows)
    answer(t, "5 apples")
    t.wait_for("is not an answer here")
    answer(t, "try 3")
    t.wait_for("q leaves these questions; then type try 3.")
    answer(t, "b")
    wait_question(t, 1)
    answer(t, "b")
    t.wait_for("This is the first question.")
    answer(t, "2 1")
    wait_question(t, 2)
    assert "Yes: together." in t.text()
    answer(t, "s")
    wait_question(t, 3)
    answer(t, "?")
    t.wait_for("b goes back to the one before")
    answer(t, "q")
    t.wait_prompt(PROMPT)
    # One is right, for the miss was taken back, and no wrong one is left.
    assert "1 of 5 right, 1 skipped." in t.text(), t.text()
    leave(t)


def test_ctrl_c_and_ctrl_d_leave_the_questions_not_looplab(start):
    for key in ("ctrl-c", "ctrl-d"):
        t = opened(start)
        begin(t)
        t.press(key)
        t.wait_prompt(PROMPT)
        assert any("in_turn" in row for row in command(t, "timeline"))
        leave(t)


def test_answers_are_not_in_the_history(start):
    t = opened(start)
    begin(t)
    answer(t, "2 1")
    wait_question(t, 2)
    t.press("tab")
    t.send("q")
    t.wait_for(lambda t: t.line() == ANSWER + "q")
    t.press("enter")
    t.wait_prompt(PROMPT)
    leave(t)
    assert history(t) == ["predict 3"], history(t)


def test_it_does_not_ask_beside_the_prompt(start):
    t = opened(start)
    type_line(t, "predict 3 &")
    t.press("enter")
    t.wait_for("leave the & out")
    leave(t)


def test_questions_fit_narrow_screens(start):
    for columns in (20, 40):
        t = opened(start, columns=columns)
        begin(t)
        answer(t, "1 2")
        wait_question(t, 2)
        assert "Not quite." in t.text(), t.text()
        assert not t.too_long(), t.too_long()
        answer(t, "q")
        t.wait_prompt(PROMPT)
        leave(t)


def piped(t, text, *words):
    return subprocess.run([t.argv[0], *words], input=text, text=True,
                          capture_output=True, check=False)


def test_a_pipe_shows_what_the_prompt_does(start):
    t = opened(start)
    begin(t)
    for number, text in enumerate(("1 2", "9s", "s", "s", "s")):
        wait_question(t, number + 1)
        answer(t, text)
    t.wait_prompt(PROMPT)
    shown = t.text()
    one = piped(t, "1 2\n9s\ns\ns\ns\n", "predict", "3")
    script = piped(t, "predict 3\n1 2\n9s\ns\ns\ns\n")
    assert one.returncode == 0 and not one.stderr, one
    assert one.stdout == script.stdout, script.stdout
    rows = [row.rstrip() for row in one.stdout.split("\n") if row]
    rows = rows[-12:-2]  # above what comes next, which is told otherwise
    assert [row for row in rows if row not in shown] == [], rows
    leave(t)


def test_an_order_that_another_schedule_gives_counts_half(start):
    t = opened(start)
    words, asked = ("predict", "3", "together", "n=2"), []
    for seed in range(1, 50):
        done = piped(t, "", *words, f"seed={seed}", "--json")
        asked = [json.loads(line) for line in done.stdout.splitlines()]
        if any(question["question"] == "order" for question in asked):
            break
    at = [question["question"] for question in asked].index("order")
    options = asked[at]["options"]
    order = sorted(range(4), key=lambda i: options[i]["value"])
    # b.txt may arrive first, but a report never before all have.
    for swapped, said in (((1, 0, 2, 3), "Possible, but not promised"),
                          ((2, 0, 1, 3), "Not quite")):
        typed = " ".join(str(order[i] + 1) for i in swapped)
        done = piped(t, "s\n" * at + f"{typed}\nq\n", *words, f"seed={seed}")
        assert said in done.stdout, done.stdout
    leave(t)


def test_without_answers_all_is_asked_and_said_so(start):
    t = opened(start)
    for number in (DEMOS[0][:2], "3"):
        done = piped(t, "", "predict", number)
        assert done.returncode == 0 and not done.stderr, done
        assert "5 of 5: " in done.stdout, done.stdout
        assert "Nobody answers here" in done.stdout, done.stdout
    leave(t)


def test_what_was_shown_is_not_said_to_be_hidden(start):
    t = opened(start)
    for line, seen in (("table 3 --clock=virtual", "It ran last"),
                       ("clock", "It ran last"), ("", "It has run, but is not")):
        if line:
            command(t, line)
        begin(t, "predict" if line else "predict 3")
        assert seen in t.text(), t.text()
        t.send("q\r")
        t.wait_prompt(PROMPT)


def test_try_says_what_its_claims_measure(start):
    t = opened(start)
    type_line(t, "try 2")
    t.press("enter")
    t.wait_for("gap(beat) is the longest time without that mark.")
    t.wait_rest()
    t.send("q\r")
    t.wait_prompt(PROMPT)
    leave(t)
