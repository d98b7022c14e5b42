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
