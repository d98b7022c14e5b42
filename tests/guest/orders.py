"""Programs under every order of their steps: how many orders there are, what
comes of them, and that each outcome's first order gives it again. For
check.py."""

import json
import tempfile
from pathlib import Path

HEAD = "import asyncio\n"
LIMIT = 10**9  # ns of the machine's time that an order may take

STEPS = HEAD + """
async def work(name):
    for step in range({steps}):
        print(name, step)
        if step + 1 < {steps}:
            await asyncio.sleep(0)
async def main():
    await asyncio.gather(*(work(n) for n in range({tasks})))
asyncio.run(main())
"""
LOST = HEAD + """
counter = 0
async def increment():
    global counter
    seen = counter
    await asyncio.sleep(0)
    counter = seen + 1
async def main():
    await asyncio.gather(increment(), increment())
asyncio.run(main())
print("counter is", counter)
"""
DEADLOCK = HEAD + """
async def transfer(one, two):
    async with one:
        await asyncio.sleep(0)
        async with two:
            print("done")
async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(transfer(a, b), transfer(b, a))
asyncio.run(main())
"""
# Two tasks; what [first] does, the second has to cope with.
RACE = HEAD + """
import ctypes, os, sys
seen = []
async def first():
    seen.append(1)
async def second():
    if not seen:
        {late}
async def main():
    await asyncio.gather(first(), second())
asyncio.run(main())
print("end")
"""
UNREAD = HEAD + """
seen = []
async def first():
    seen.append(1)
async def second():
    if not seen:
        raise ValueError("too late")
async def main():
    for task in first, second:
        asyncio.create_task(task())
    await asyncio.sleep(1)
asyncio.run(main())
print("end")
"""
CALLBACK = HEAD + """
async def other():
    print("other")
async def main():
    task = asyncio.create_task(other())
    asyncio.get_running_loop().call_soon(print, "callback")
    asyncio.get_running_loop().call_soon(task.cancel)
    await asyncio.sleep(0)
    print("main")
    await asyncio.wait([task])
asyncio.run(main())
"""
RUNS = HEAD + """
async def say(name):
    print(name)
async def main(one, two):
    await asyncio.gather(say(one), say(two))
asyncio.run(main("a", "b"))
print("between")
asyncio.run(main("c", "d"))
"""
POOL = HEAD + """
import time
async def work(n):
    await asyncio.get_running_loop().run_in_executor(None, time.sleep, n)
    print(n)
async def main():
    await asyncio.gather(work(1), work(1))
asyncio.run(main())
"""
SPIN = HEAD + """
stop = False
async def stopper():
    global stop
    stop = True
async def main():
    task = asyncio.create_task(stopper())
    while not stop:
        await asyncio.sleep(0)
asyncio.run(main())
"""

# name, the program, most and deepest: {(result, said): count}; None: any that
# are as many, with how many orders, and what is said of the whole.
CASES = [
    ("three tasks of two steps have 90 orders", STEPS.format(tasks=3, steps=2),
     (200, 100), 90, 90, ""),
    ("one task has one order", STEPS.format(tasks=1, steps=3), (200, 100),
     {(0, "0 0\n0 1\n0 2\n"): 1}, 1, ""),
    ("an update is lost in four of six orders", LOST, (200, 100),
     {(0, "counter is 1\n"): 4, (0, "counter is 2\n"): 2}, 6, ""),
    ("a deadlock in some orders is told from their results", DEADLOCK,
     (200, 100), {(-35, ""): 8, (0, "done\ndone\n"): 2}, 10, ""),
    ("orders are cut short at the most", STEPS.format(tasks=3, steps=2),
     (10, 100), 10, 10, "truncated"),
    ("only the first choices are varied", SPIN, (200, 5), {(0, ""): 6}, 6,
     "shallow"),
    ("an error that is not caught is an outcome",
     RACE.format(late="raise ValueError('too late')"), (200, 100),
     {(0, "end\n"): 1, (-5002, "ValueError: too late\n"): 1}, 2, ""),
    ("an exit status is an outcome", RACE.format(late="sys.exit(3)"),
     (200, 100), {(0, "end\n"): 1, (3, ""): 1}, 2, ""),
    ("an error that nobody reads is an outcome", UNREAD, (200, 100),
     {(0, "end\n"): 1, (-5001, "end\n"): 1}, 2, ""),
    ("an exit is an outcome", RACE.format(late="os._exit(0)"), (200, 100),
     {(0, "end\n"): 1, (-5004, ""): 1}, 2, ""),
    ("a crash is an outcome", RACE.format(late="ctypes.string_at(0)"),
     (200, 100), {(0, "end\n"): 1, (-5004, ""): 1}, 2, ""),
    ("an endless loop is an outcome", RACE.format(late="while True: pass"),
     (200, 100), {(0, "end\n"): 1, (-5012, ""): 1}, 2, ""),
    ("what bypasses sys.stdout is an outcome's, too",
     RACE.format(late="os.write(1, b'late\\n')"), (200, 100),
     {(0, "end\n"): 1, (0, "late\nend\n"): 1}, 2, ""),
    ("callbacks of the program keep their place", CALLBACK, (200, 100),
     {(0, "other\ncallback\nmain\n"): 1}, 1, ""),
    ("all runs of a program are gone through", RUNS, (200, 100),
     {(0, "a\nb\nbetween\nc\nd\n"): 1, (0, "a\nb\nbetween\nd\nc\n"): 1,
      (0, "b\na\nbetween\nc\nd\n"): 1, (0, "b\na\nbetween\nd\nc\n"): 1}, 4,
     ""),
    ("jobs of a pool take their time in each order", POOL, (200, 100),
     {(0, "1\n1\n"): 16}, 16, ""),
]


def outcomes(record):
    lines = [json.loads(line) for line in record.splitlines()]
    found = [line for line in lines if "outcome" in line]
    return found, lines[-1]


def summary(found, last):
    kinds = {(f["result"], f["said"]): count
             for f, count in zip(found, last["counts"])}
    flags = [f for f in ("truncated", "shallow", "stopped") if last[f]]
    return kinds, last["tried"], " ".join(flags)


def check(score, batch, version, words):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "my.py")
        for name, program, (most, deepest), kinds, tried, flags in CASES:
            if words and not any(w in name for w in words):
                continue
            path.write_text(program)
            got = batch.ask([f"--orders={most},{deepest},{LIMIT}", "my.py"],
                            folder)
            what = f"{name}: 3.{version[1]}"
            try:
                found, last = outcomes(got["record"])
                is_so = summary(found, last)
            except (ValueError, KeyError, IndexError):
                score.check(False, f"{what} says {got}")
                continue
            if isinstance(kinds, int):
                is_so = len(is_so[0]), *is_so[1:]
            score.check(is_so == (kinds, tried, flags), f"{what} has {is_so}")
            score.check(found[0]["outcome"] == "fifo",
                        f"{what} begins with {found[0]}")
            if found[-1]["result"] in (0, -35):
                reproduce(score, batch, folder, found, what)


def reproduce(score, batch, folder, found, what):
    """Does the order that is named give the outcome?"""
    for outcome in found[:10]:
        got = batch.ask(["--schedule=" + outcome["outcome"], "my.py"], folder)
        said = [json.loads(line) for line in got["record"].splitlines()]
        said = "".join(e["text"] + "\n" for e in said
                       if e.get("event") == "say") + got["out"]
        score.check(
            sorted(said.split("\n")) == sorted(outcome["said"].split("\n"))
            and got["status"] == (3 if outcome["result"] else 0)
            and (got["out"] or said == outcome["said"]),
            f"{what}: --schedule={outcome['outcome']} gives {got['status']} "
            f"{said!r}, not {outcome}")
