"""What is done at the prompt is noted, shown, asked again and forgotten."""

import subprocess

from session import HERE, PROMPT, command, leave, opened, type_line
from test_predict import answer, begin, wait_question

LOG = ".local/state/looplab/progress"


def log(t):
    """The lines of the log, without their times."""
    path = t.home / LOG
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# looplab progress 1: "), lines
    return [line.split(" ", 1)[1] for line in lines[1:]]


def row(rows, lesson):
    """The cells of a lesson's row in the table of progress."""
    return next(row for row in rows if row.startswith(lesson)).split()


def test_what_is_missed_comes_back_until_it_is_right(start):
    t = opened(start, rows=50)
    begin(t)
    answer(t, "1 2")
    wait_question(t, 2)
    answer(t, "1 s")
    wait_question(t, 3)
    answer(t, "q")
    t.wait_prompt(PROMPT)
    assert "review comes back to what was missed" in t.text().replace("\n", " ")
    assert log(t) == ["predict 03 - 1/5 right=elapsed missed=rank"], log(t)
    command(t, "lesson 3 1")
    assert log(t)[1:] == ["lesson 03 part 1/7"], log(t)
    rows = command(t, "progress")
    assert row(rows, "03") == ["03", "sequential_gather", "1/7", "1/5", "rank",
                               "-", "lesson", "3"], rows
    assert row(rows, "01")[-2:] == ["lesson", "1"], rows
    assert any(row.startswith("1 question to review: type review.") for row in rows), rows

    type_line(t, "review")
    t.press("enter")
    wait_question(t, 1)
    assert "n=5, delay=1000 ms" not in t.text().split("review\n")[-1]
    answer(t, "2 1")
    t.wait_prompt(PROMPT)
    assert "1 of 1 right." in t.text(), t.text()
    what, lesson, figures, *rest = log(t)[-1].split()
    assert [what, lesson, *rest] == ["review", "03", "1/1", "right=rank"]
    assert figures != "-", log(t)
    assert "There is nothing to review" in command(t, "review")[-1]

    command(t, "reset 3")
    rows = command(t, "progress")
    assert row(rows, "03")[2:] == ["-", "-", "-"], rows
    command(t, "reset undo")
    assert row(command(t, "progress"), "03")[2:4] == ["1/7", "1/5"]
    for typed, said in (("n", "Nothing is forgotten."),
                        ("y", "All is forgotten. reset undo takes it back.")):
        type_line(t, "reset all")
        t.press("enter")
        t.wait_for(lambda t: t.line() == "Forget all (y, n)?")
        t.send(typed + "\r")
        t.wait_for(said)
        t.wait_prompt(PROMPT)
    assert log(t)[-3:] == ["reset 03", "reset undo", "reset all"], log(t)
    leave(t)


def test_without_a_place_one_sentence_says_so_and_nothing_stops(start):
    t = opened(start, env={"XDG_STATE_HOME": "/dev/null"})
    for part in (1, 2, 3):
        command(t, f"lesson 3 {part}")
    assert t.raw.count(b"progress is not kept: /dev/null/looplab/") == 1
    assert "4/5" not in "".join(command(t, "progress"))
    leave(t)


def test_a_pipe_notes_nothing(start):
    t = opened(start)
    environment = {"HOME": str(t.home), "LANG": "C.UTF-8"}
    for line in ("predict 3", "lesson 3", f"lessons --check {HERE}/../../lessons/01_sync_async.md",
                 "review", "progress"):
        subprocess.run([t.argv[0], *line.split()], env=environment, input="1 2\n1\n",
                       capture_output=True, text=True, check=False)
    assert not (t.home / LOG).exists()
    leave(t)


def test_what_was_done_besides_is_said_whole_on_80_columns(start):
    home = start("--version").home
    path = home / LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# looplab progress 1: its lines may be sorted\n" + "".join(
        f"2026-11-27T11:00:0{i}.5Z {line}\n" for i, line in enumerate((
            "predict 03 - 1/5 right=order missed=rank,elapsed,peak,what_if",
            "exercise 03 python passed schedules=6 hints=3",
            "try 03 passed", "assemble 03 passed", "drive 03 passed"))))
    t = opened(start, rows=50, folder=home, env={"HOME": str(home)})
    rows = command(t, "progress")
    assert "passed" in row(rows, "03"), rows
    assert "try assemble drive" in next(r for r in rows if r.startswith("03"))
    leave(t)
