"""200 columns: an eye finds the next line, and what has room is whole."""

from session import command, leave, opened


def wide(start, **options):
    return opened(start, columns=200, **options)


def widest(t):
    return max(len(row) for row in t.lines())


def test_sentences_are_no_wider_than_an_eye_follows(start):
    t = wide(start, rows=60)
    for line, end in [("jobs", "lets it continue there."),
                      ("run 3 --limit=x", 'several with commas, or none; not "x"'),
                      ("drive 3", "or try drive 19")]:
        command(t, line)
        assert end in " ".join(t.lines()), t.text()
        assert widest(t) <= 100, t.text()
    leave(t)


def test_errors_of_one_command_are_no_wider(start):
    t = start("run", "3", "--limit=x", columns=200)
    t.wait_end()
    assert 'or none; not "x"' in t.text(), t.text()
    assert widest(t) <= 100, t.text()


def test_a_usage_that_is_continued_hangs(start):
    t = wide(start, rows=40)
    command(t, "help timeline")
    assert "    [lanes=NAME,...] [axis=turns]" in t.lines(), t.text()
    leave(t)


def test_answers_that_are_long_have_a_line_each(start):
    t = start("lesson", "5", columns=200, rows=600)
    t.wait_end()
    assert "  4  the body begins" in t.lines(), t.text()
    assert widest(t) <= 132, t.text()  # an item of a list is found again
