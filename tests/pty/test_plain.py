"""--plain, for a screen reader: words, one line after the other."""

import re

# What moves the cursor or rings, and what is drawn. A tab is only echoed.
DRAWN = re.compile("[^\n\r\t -~\u00a0-\u24ff\u2600-\uffff]")
COMMANDS = """help
list
run 3 together
compare 3
timeline 12
story 3 together
tree
turns
busy 4
bars 3
claims 3
sweep 4 workers=1..3
ps at=0.5s
why t1 at=0.5s
step 3 together
goto 0.5s
back
stepper 3 together
play 3
diff 3 --schedule=seed:3
lesson 3
next
clear
doctor
rnu"""


def answer(t, typed, prompt="looplab> "):
    """Types a line; returns the lines up to the prompt that comes then."""
    before = len(t.raw)
    t.send(typed + "\r")
    t.wait_for(lambda t: t.raw[before:].decode(errors="replace").endswith(
        "\r\n" + prompt))
    said = t.raw[before:].decode()
    assert not DRAWN.search(said), (typed, DRAWN.findall(said), said)
    return said.split("\r\n")[1:-1]


def test_what_a_screen_reader_gets_is_lines_of_words(start):
    t = start("--clock=virtual", env={"LOOPLAB_PLAIN": "1"})
    t.wait_for(lambda t: t.raw.endswith(b"looplab> "))
    for command in COMMANDS.split("\n"):
        assert answer(t, command), command
    # A long answer stops after a page, and Enter is enough for the next.
    assert "Enter shows more." in answer(t, "story 12 bounded")[-1]
    assert answer(t, "")[0].startswith("  At ")
    # Questions are asked and answered in lines, too.
    assert any("faster" in line for line in answer(t, "predict 3", "> "))
    said = answer(t, "2 1", "> ")
    assert said[0].startswith("Yes: "), said
    answer(t, "q")
    # Tab is typed with the line, and asks what it can become.
    assert answer(t, "run 3 t\t") == ["together  spawn all, gather"]
    assert any(line.startswith("delay=  ") for line in answer(t, "run 3 d\t"))
    said = answer(t, "co\t")
    assert said == [
        "compare  run a demo quietly; show its table, bars and timelines"]
    assert answer(t, "xyz \t")[0].startswith("There is nothing to complete")
    t.press("ctrl-d")
    assert t.wait_end() == 0
