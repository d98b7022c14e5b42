"""Programs of one's own, run in a terminal."""

from session import PROMPT, command, leave, opened, type_line

CLEANS = """import asyncio
async def main():
    print("begun")
    try:
        await asyncio.sleep(1000)
    finally:
        print("cleans")
        await asyncio.sleep({})
        print("cleaned")
asyncio.run(main())
"""


def begin(start, cleaning):
    """A looplab whose program has begun, and how that is called."""
    t = start("--version")
    path = t.home / "my.py"
    path.write_text(CLEANS.format(cleaning))
    return path


def test_ctrl_c_lets_a_program_clean_up(start):
    path = begin(start, 0.01)
    t = start("run", path, "--clock=real")
    t.wait_for("begun")
    t.press("ctrl-c")
    t.wait_for("cleaned")
    assert t.wait_end() == 130


def test_a_second_ctrl_c_kills_a_program_that_cleans_up(start):
    path = begin(start, 1000)
    t = start("run", path, "--clock=real")
    t.wait_for("begun")
    t.press("ctrl-c")
    t.wait_for("cleans")
    t.press("ctrl-c")
    t.wait_for("my.py was killed")
    assert t.wait_end() == 130


def test_at_the_prompt_both_end_the_program_alone(start):
    path = begin(start, 1000)
    t = opened(start, columns=100)
    type_line(t, f"run {path} --clock=real")
    t.press("enter")
    t.wait_for("begun")
    t.press("ctrl-c")
    t.wait_for("cleans")
    t.press("ctrl-c")
    t.wait_for("my.py was killed")
    t.wait_prompt(PROMPT)
    command(t, "why")
    leave(t)


def test_at_the_prompt_the_heading_is_above_what_the_program_says(start):
    path = begin(start, 1)
    path.write_text(CLEANS.format(1).replace("1000", "2"))
    t = opened(start, columns=100, rows=40)
    rows = command(t, f"run {path} --clock=virtual")
    assert rows[:2] == ["my", "  clock virtual"], rows
    assert rows.index("main") < rows.index("  2.000 s  main         cleans")


# Each has more orders than are tried in the time that a test takes.
MANY = {
    "my.py": """import asyncio
async def work():
    for _ in range(5):
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(*(work() for _ in range(5)))
asyncio.run(main())
""",
    "my.c": """#include "lab.h"
static int work(void *arg) {
    (void)arg;
    for (volatile int i = 0; i < 1000000; i++)
        ;
    return lab_yield();
}
int main_task(void) {
    lab_task *tasks[8];
    for (size_t i = 0; i < 8; i++)
        tasks[i] = lab_spawn("work", work, NULL);
    return lab_gather(tasks, 8);
}
""",
}


def test_ctrl_c_stops_orders_of_a_program_and_shows_what_was_seen(start):
    for name, text in MANY.items():
        t = opened(start, rows=60, columns=100)
        path = t.home / name
        path.write_text(text)
        type_line(t, f"orders {path}")
        t.press("enter")
        t.wait_for(" so far, 1 outcome; Ctrl-C stops")
        t.press("ctrl-c")
        # A program that is slow to stop says so below the prompt.
        t.wait_for(lambda t: "You stopped it: there are more orders." in
                   " ".join(t.lines()))
        t.wait_prompt(PROMPT)
        assert "so far" not in t.text(), t.lines()
        # If it was slow, that it is done is said first.
        assert command(t, "clock")[-1].startswith("The clock is")
        leave(t)
