"""teach on the whole screen, and notes that follow it in another terminal."""

import fcntl
import os
import pathlib
import re
import signal
import stat
import time

from session import PROMPT, leave, opened


def teach(start, line="teach 3", **options):
    """A terminal in which the first block is shown."""
    t = opened(start, **options)
    t.send(line + "\r")
    t.wait_for(at(1))
    return t


def at(block, page=None):
    """Is that block on the screen, and that page of it?"""
    wanted = f": block {block} of " + r"\d+"
    if page:
        wanted += rf", page {page} of "

    def shown(t):
        return re.search(wanted, t.lines()[0])
    shown.__doc__ = f"block {block} on the screen"
    return shown


def test_a_lesson_is_played_forward_and_back(start):
    t = opened(start)
    before = t.settings()
    t.send("teach 3\r")
    t.wait_for(at(1))
    t.send(" ")
    t.wait_for("Predict")
    t.send(" ")
    t.wait_for("they are equal")
    t.send("a 3 b 12\r")
    t.wait_for(lambda t: re.search(r"b  together +█{30} 12", t.text()))
    t.wait_for(lambda t: re.search(r"a  in_turn +█{7} 3", t.text()))
    t.send("   ")
    t.wait_for("The output is held")
    t.wait_rest()
    assert "5.000 s" not in t.text().split("How long", maxsplit=1)[0]
    assert "Right:" not in t.text()
    assert re.search(r"b  together +█+ 12", t.text()), t.text()
    t.send("h")
    t.wait_for("Right: together\n")
    t.wait_for(at(6, 1))  # it has run, and takes several pages
    t.send(" ")
    t.wait_for(at(6, 2))
    t.send("b")
    t.wait_for(at(5))
    t.wait_for("Right: nobody")
    t.send("6")  # there are fewer than 60
    t.wait_for(at(6, 1))
    t.send("1\r")  # but 10 to 14, too
    t.wait_for(at(1))
    t.send(": table 3 n=2 --clock=virtual\r")
    t.wait_for("looplab> table 3 n=2")
    t.wait_for("2.000 s")
    t.send("q")  # not the lesson: what was in between
    t.wait_for(at(1))
    t.send("6")
    t.wait_for(at(6, 1))
    t.send(" : play 3 n=2\r")  # has the whole screen
    t.wait_for("? help")
    t.send("q")
    t.wait_for("The film was left at")
    t.send("q")
    t.wait_for(at(6, 2))
    t.send("x2\r")
    t.wait_for("r runs it at that pace")
    t.wait_for(lambda t: "clock x2" in t.lines()[0])
    t.resize(40, 12)
    t.wait_for(lambda t: len(t.lines()[-2].strip()) == 40)
    assert not at(6, 1)(t), t.text()  # about where it was
    t.send("q")
    t.wait_for("You left at block 6 of 14")
    t.wait_prompt(PROMPT)
    assert t.settings() == before
    leave(t)


def test_a_paced_command_can_be_stopped(start):
    t = teach(start, "teach 2 --clock=x0.01")
    t.send("6")
    t.wait_for("held")
    t.send("h")
    t.wait_for(lambda t: "running" in t.lines()[0])
    t.send("q")
    t.wait_for(lambda t: "running" not in t.lines()[0])
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_a_class_that_was_left_is_continued(start):
    t = teach(start)
    t.send("3a 12 b 3\rh")
    t.wait_for("Right: ")
    t.send(" q")
    t.wait_for("You left at block 4 of 14")
    t.send("teach\r")
    t.wait_for(at(4))
    t.send("b" if "h let go" not in t.text() else "\x1b")
    t.wait_for(lambda t: re.search(r"a  in_turn +█+ 12", t.text()))
    assert "Right: " in t.text()  # it is not held again
    t.send("q")
    t.wait_for("You left at block 3 of 14")
    t.send("teach 3\r")  # another class
    t.wait_for(at(1))
    t.send("3")
    t.wait_for("in_turn")
    assert "12" not in t.text().split("in_turn")[1].split("\n")[0], t.text()
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_ctrl_c_stops_a_command_and_not_the_class(start):
    t = teach(start)
    commands = (": run 3 in_turn --clock=x0.01", "running"), (
        ": play x0.01 3", "? help")  # this one has the screen
    for line, sign in commands:
        t.send(line + "\r")
        t.wait_for(sign)
        t.send("\x03")
        t.wait_for("q back  : prompt")
        t.send("\x03")  # nothing runs: back to the lesson
        t.wait_for(at(1))
        t.wait_for("q out")
    t.send("\x03")
    t.wait_for("You left at block 1")
    t.wait_prompt(PROMPT)
    leave(t)


def test_what_asks_is_refused_and_teach_comes_back_to_the_block(start):
    home = opened(start).home
    t = teach(start, folder=home)
    t.send("3")
    t.wait_for(at(3))
    t.send(":exercise 4\r")
    t.wait_for("comes back to this block")
    assert "exercise asks questions, which a class cannot" in t.text()
    assert "and teach\n" in t.text()  # not a number, which loses the hands
    assert not os.path.exists(home / "exercises")
    t.send(" ")
    t.wait_for(at(3))
    t.send("q")
    t.wait_for("You left at block 3")
    t.wait_prompt(PROMPT)
    t.send("teach\r")
    t.wait_for(at(3))
    t.send("q")
    t.wait_prompt(PROMPT)
    leave(t)


def test_another_size_is_drawn_at_once(start):
    t = teach(start)
    t.wait_rest()
    before = len(t.raw)
    t.resize(40, 12)
    t.wait_for(lambda t: len(t.lines()[-2].strip()) == 40)
    t.wait_for("q out")
    frames = t.raw[before:].decode(errors="replace").split("\033[H")
    narrow = [frame for frame in frames
              if re.search("K─{40}\r", frame)]
    assert narrow and all("q out" in frame for frame in narrow), frames


def test_killed_it_gives_the_terminal_back(start):
    for name in ("SIGTERM", "SIGHUP"):
        t = start("teach", "3")
        t.wait_for(at(1))
        t.signal(getattr(signal, name))
        t.wait_end()
        assert "\033[?1049l".encode() in t.raw, t.raw[-200:]


def test_notes_follow_one_lesson_after_the_other(start):
    folder = opened(start)
    env = {"XDG_RUNTIME_DIR": str(folder.home)}
    n = start("notes", env=env)
    n.wait_for("Nobody teaches here yet")
    t = start("teach", "3", env=env)
    t.wait_for(at(1))
    file = folder.home / "looplab.teach"
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    n.wait_for("block 1 of")
    t.send("6")
    n.wait_for("block 6 of")
    n.wait_for("Now: run 3")
    n.wait_for("Next: timeline 3")
    n.wait_for("(plan: ")
    t.send("q")
    n.wait_for("The lesson is over.")
    again = start("teach", "2", env=env)  # notes was not closed
    n.wait_for("02_sleep_timer: block 1 of")
    again.signal(signal.SIGKILL)  # nobody says that this one is over
    n.wait_for("The lesson is over.")
    n.send("q")
    n.wait_end()


def follow(start, home, lesson, shown):
    """Notes on block 2 of a lesson that has been taught for 58 seconds."""
    with open(home / "looplab.teach", "w", encoding="utf-8") as lectern:
        fcntl.flock(lectern, fcntl.LOCK_EX)
        lectern.write(f"looplab teach 1\nbegan {int(time.time()) - 58}\n"
                      f"block 2\nlesson {lesson}\nend\n")
        lectern.flush()
        n = start("notes", env={"XDG_RUNTIME_DIR": str(home)})
        n.wait_for(shown)
        n.send("q")
        n.wait_end()


def test_notes_count_the_minutes_of_the_class(start):
    lesson = pathlib.Path("lessons/02_sleep_timer.md").resolve()
    # Not when that of a watch is over.
    follow(start, opened(start).home, lesson, "minute 1 of 20")


def test_notes_stand_a_lesson_that_has_lost_its_blocks(start):
    home = opened(start).home
    lesson = home / "02_empty.md"
    lesson.write_text("<!-- plan: 5 minutes, 3 blocks -->\n")
    follow(start, home, lesson, "02_empty: block 2 of 0")
