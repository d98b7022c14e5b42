"""Programs that are tried again and again in one process: how many orders of
their steps there are, what comes of them, and that each outcome's first order
gives it again. For check.py."""

import json
import signal
import tempfile
from collections import Counter
from pathlib import Path

HEAD = "import asyncio\n"
LIMIT = 10**9  # ns of the machine's time that a try may take

UNREAD_ERROR, CRASHED, TOO_LATE = -5001, -5004, -5012
LIMITS = signal.SIGPROF, signal.SIGALRM  # either, on a busy machine

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
# Python seeds anew in each process that is forked.
RANDOM = HEAD + """
import random
async def say():
    print(random.random())
async def main():
    await asyncio.gather(say(), say())
asyncio.run(main())
"""
# What was run before, so that tries are fast, leaves nothing that a program
# sees: the names of its tasks begin with 1, and they have an order in sets.
FIRST = HEAD + """
async def work():
    pass
async def main():
    loop, tasks = asyncio.get_running_loop(), []
    for futures in 1, 6, 0:
        for n in range(futures):
            loop.create_future()
        tasks.append(asyncio.create_task(work()))
    print(*(task.get_name() for task in tasks), loop.time())
    print(*map(hash, asyncio.all_tasks()))
    await asyncio.wait(tasks)
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

# name, the program: {(result, said): count} of all orders; or a number of them,
# each with another outcome.
CASES = [
    ("three tasks of two steps have 90 orders", STEPS.format(tasks=3, steps=2),
     90),
    ("one task has one order", STEPS.format(tasks=1, steps=3),
     {(0, "0 0\n0 1\n0 2\n"): 1}),
    ("an update is lost in four of six orders", LOST,
     {(0, "counter is 1\n"): 4, (0, "counter is 2\n"): 2}),
    ("a deadlock in some orders is told from their results", DEADLOCK,
     {(-35, ""): 8, (0, "done\ndone\n"): 2}),
    ("an error that is not caught is an outcome",
     RACE.format(late="raise ValueError('too late')"),
     {(0, "end\n"): 1, (-5002, "ValueError: too late\n"): 1}),
    ("an exit status is an outcome", RACE.format(late="sys.exit(3)"),
     {(0, "end\n"): 1, (3, ""): 1}),
    ("an error that nobody reads is an outcome", UNREAD,
     {(0, "end\n"): 1, (-5001, "end\n"): 1}),
    ("an exit is an outcome", RACE.format(late="os._exit(0)"),
     {(0, "end\n"): 1, (-5004, ""): 1}),
    ("a crash is an outcome", RACE.format(late="ctypes.string_at(0)"),
     {(0, "end\n"): 1, (-5004, ""): 1}),
    ("an endless loop is an outcome", RACE.format(late="while True: pass"),
     {(0, "end\n"): 1, (-5012, ""): 1}),
    ("what bypasses sys.stdout is an outcome's, too",
     RACE.format(late="os.write(1, b'late\\n')"),
     {(0, "end\n"): 1, (0, "end\nlate\n"): 1}),
    ("callbacks of the program keep their place", CALLBACK,
     {(0, "other\ncallback\nmain\n"): 1}),
    ("all runs of a program are gone through", RUNS,
     {(0, "a\nb\nbetween\nc\nd\n"): 1, (0, "a\nb\nbetween\nd\nc\n"): 1,
      (0, "b\na\nbetween\nc\nd\n"): 1, (0, "b\na\nbetween\nd\nc\n"): 1}),
    ("random numbers are the same in each order", RANDOM,
     {(0, "0.13436424411240122\n0.8474337369372327\n"): 2}),
    ("a try is the first thing that is run", FIRST,
     {(0, "Task-2 Task-3 Task-4 0.0\n3 1 10 11\n"): 6}),
    ("jobs of a pool take their time in each order", POOL,
     {(0, "1\n1\n"): 16}),
]


class Try:
    """What came of one schedule."""

    def __init__(self, lines):
        self.lines = lines
        end = lines[-1]
        self.widths, self.reached = end["widths"], end["reached"]
        said = "".join(
            line["text"] + "\n" if line.get("event") == "say"
            else line["error"] + "\n" if "error" in line
            else line.get("printed", "") if "stream" not in line
            else "" for line in lines) + end["past"]
        result = end["result"]
        if not end["ran"]:
            # A loop takes the processor's time, which is limited by itself.
            result = TOO_LATE if end["signal"] in LIMITS else CRASHED
        elif not result and any(e.get("event") == "unread" for e in lines):
            result = UNREAD_ERROR
        self.outcome = result, said


def attempt(batch, folder, requests, *options):
    """Tries all [requests], (schedule, values), in one process."""
    file = Path(folder, "requests")
    file.write_text("".join("\t".join(r) + "\n" for r in requests))
    got = batch.ask([*options, f"--tries={LIMIT}", "my.py"], folder,
                    stdin=str(file), raw=True)
    tries, lines = [], []
    for line in got["record"].splitlines():
        if line:  # a child that was killed may have ended within one
            lines.append(json.loads(line))
            if "ran" in lines[-1]:
                tries.append(Try(lines))
                lines = []
    if lines or len(tries) != len(requests):
        raise ValueError(got)
    return tries


def name(script):
    return ",".join(map(str, script)) if script else "fifo"


def every(batch, folder):
    """Every order: [(script, what came of it)], in the order of a
    dictionary."""
    done, left = [], [()]
    while left:
        tries = attempt(batch, folder, [(name(s), "") for s in left])
        done += zip(left, tries)
        left = [script + (0,) * (i - len(script)) + (taken,)
                for script, one in zip(left, tries)
                for i in range(len(script), len(one.widths))
                for taken in range(1, one.widths[i])]
    return sorted(done, key=lambda one: one[0])


def check(score, batch, version, words):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "my.py")
        for title, program, kinds in CASES:
            if words and not any(w in title for w in words):
                continue
            path.write_text(program)
            what = f"{title}: 3.{version[1]}"
            try:
                found = every(batch, folder)
            except (ValueError, KeyError) as error:
                score.check(False, f"{what} says {error}")
                continue
            counts = Counter(one.outcome for _, one in found)
            score.check(
                counts == kinds or len(counts) == len(found) == kinds,
                f"{what} has {counts}")
            firsts = {}
            for script, one in found:
                firsts.setdefault(one.outcome, script)
            reproduce(score, batch, folder, firsts, what)
            check_record(score, batch, folder, *found[0], what)
        if not words:
            check_values(score, batch, folder, version)
            check_moments(score, batch, folder, version)
            check_ahead(score, batch, folder, version)


def check_record(score, batch, folder, script, one, what):
    """Is what a try records what a program that runs alone does?"""
    got = batch.ask(["--schedule=" + (name(script) if script else "0"),
                     "my.py"], folder)
    alone = [json.loads(line) for line in got["record"].splitlines()]
    first, second = ([e for e in lines if {"event", "run", "end"} & e.keys()]
                     for lines in (one.lines, alone))
    score.check(first == second,
                f"{what}: a try records {first}, not {second}")


def reproduce(score, batch, folder, firsts, what):
    """Does the order that is named give the outcome?"""
    for (result, said), script in list(firsts.items())[:10]:
        if result not in (0, -35):
            continue
        got = batch.ask(["--schedule=" + name(script), "my.py"], folder)
        again = [json.loads(line) for line in got["record"].splitlines()]
        again = "".join(e["text"] + "\n" for e in again
                        if e.get("event") == "say") + got["out"]
        score.check(
            sorted(again.split("\n")) == sorted(said.split("\n"))
            and got["status"] == (3 if result else 0),
            f"{what}: --schedule={name(script)} gives {got['status']} "
            f"{again!r}, not {said!r}")


VALUES = HEAD + """
n = 1
delay = 1.0
seen = []
async def main():
    seen.append(n)
    await asyncio.sleep(delay)
    print(seen, delay)
asyncio.run(main())
"""


def check_values(score, batch, folder, version):
    """Each try has the values that it is asked with, and nothing is left of
    the one before."""
    Path(folder, "my.py").write_text(VALUES)
    asked = ["", "n=2 delay=500ms", "n=3", "", "n=2 delay=500ms"]
    tries = attempt(batch, folder, [("fifo", v) for v in asked], "--set=n=7")
    said = [one.outcome[1] for one in tries]
    params = [[p["value"] for p in one.lines[0]["params"]] for one in tries]
    score.check(
        said == ["[7] 1.0\n", "[2] 0.5\n", "[3] 1.0\n", "[7] 1.0\n",
                 "[2] 0.5\n"] and params == [
            [7, 1000], [2, 500], [3, 1000], [7, 1000], [2, 500]],
        f"3.{version[1]} with values says {said} {params}")


def check_moments(score, batch, folder, version):
    """It is told whether a timer was late, and a task cancelled."""
    Path(folder, "my.py").write_text(VALUES)
    asked = {"late:1": 1, "late:2": 0, "cancel:1": 1, "cancel:2": 0,
             "cancel-waiter:1": 1, "cancel-woken:2": 1, "cancel-woken:3": 0,
             "0+late:1+cancel:1": 0, "seed:3+late:2": 0}
    tries = attempt(batch, folder, [(s, "") for s in asked])
    reached = dict(zip(asked, (one.reached for one in tries)))
    score.check(reached == asked,
                f"3.{version[1]} reaches {reached}")


MIXED = HEAD + """
async def work(name):
    for step in range(3):
        print(name, step)
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(*(work(n) for n in "abcd"))
asyncio.run(main())
"""


def check_ahead(score, batch, folder, version):
    """What is begun before it is asked for comes to what it comes to alone;
    also if it was more than there is room for, or for nothing."""
    Path(folder, "my.py").write_text(MIXED)
    asked = [f"seed:{i}" for i in range(1, 20, 2)] + ["fifo", "0,1", "late:1",
                                                      "seed:3", "seed:3"]
    plans = {
        "what is next": lambda i: asked[i + 1:i + 4],
        "what is next but one": lambda i: asked[i + 2:i + 4],
        "too many": lambda i: asked[i + 1:] + asked[:i],
        "others": lambda i: [f"seed:{i}0", f"seed:{i}1", "1,0"],
        "the same": lambda i: [asked[i]] * 3,
    }
    alone = {s: attempt(batch, folder, [(s, "")])[0] for s in set(asked)}
    for what, plan in plans.items():
        requests = [(s, "", *(w for a in plan(i) for w in (a, "")))
                    for i, s in enumerate(asked)]
        tries = attempt(batch, folder, requests)
        score.check(all(one.lines == alone[s].lines
                        for s, one in zip(asked, tries)),
                    f"3.{version[1]}: with {what} begun ahead, tries differ")
    score.check(len({one.outcome for one in alone.values()}) > 5,
                f"3.{version[1]}: tries are all alike")
