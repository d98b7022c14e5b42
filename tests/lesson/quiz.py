#!/usr/bin/env python3
"""Has each question of predict one right answer? tests/lesson/quiz.py BUILD [N]

The questions of every demo, with its own figures and with N other ones, are
read as JSON. What is right is worked out here from the record that the same
command wrote, by other code than looplab's.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

CANCELLED = -125
SKIPPED = -5005
OUTSIDE = {"io", "accept", "connect", "read", "write", "process"}
DOINGS = ["has the thread", "is ready to run", "waits for a time",
          "waits for another task", "waits for a job",
          "waits in a pool's queue", "waits for the world"]
ENDINGS = {1: "it ends well", 2: "it fails", 3: "it is cancelled"}


def read_record(path):
    """The comparisons of a record, each a dict of runs by their names."""
    comparisons, run = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if "looplab" in item:
            comparisons.append({})
        elif "run" in item:
            run = comparisons[-1][item["run"]] = {"events": []}
        elif "end" in item:
            run["result"] = item["result"]
        else:
            run["events"].append(item)
    for comparison in comparisons:
        for run in comparison.values():
            run["end"] = max((e["ns"] for e in run["events"]), default=0)
    return comparisons


class Moment:
    """What is so in a run at a time, told by the events up to then."""

    def __init__(self, events, at):
        self.tasks, self.running, self.holders = {}, 0, {}
        self.queued, self.blocked = {}, 0
        for event in events:
            if event["ns"] > at:
                break
            getattr(self, "on_" + event["event"], lambda e: None)(event)
        for task in self.tasks.values():
            if task["is"] == "wait" and 0 < task["deadline"] <= at:
                task["is"] = "ready"

    def on_spawn(self, e):
        self.tasks[e["task"]] = {
            "is": "ready", "parent": e.get("other", 0), "joined": [],
            "joining": False, "on": None, "deadline": 0}

    def on_run(self, e):
        self.running = e["task"]
        self.tasks[e["task"]]["is"] = "run"

    def on_join(self, e):
        task = self.tasks[e["task"]]
        if e.get("on") == "group":
            return
        if not task["joining"]:
            task["joined"] = []
        task["joining"] = True
        task["joined"].append(e["other"])

    def on_wait(self, e):
        task = self.tasks[e["task"]]
        task.update({"is": "wait", "on": e.get("on", "nothing"),
                     "other": e.get("other", 0), "need": e.get("need", 0),
                     "deadline": e.get("value", 0), "joining": False,
                     "inside": e.get("where")})
        if task["on"] == "nothing" or task["on"] == "begin":
            task["is"] = "ready"
        if self.running == e["task"]:
            self.running = 0

    def on_wake(self, e):
        self.tasks[e["task"]]["is"] = "ready"

    def on_end(self, e):
        self.tasks[e["task"]]["is"] = "end"
        if self.running == e["task"]:
            self.running = 0

    def on_hold(self, e):
        if e.get("on") == "lock":
            self.holders[e["other"]] = e["task"]

    def on_queue(self, e):
        self.queued[e["task"]] = e["other"]

    def on_start(self, e):
        if self.queued.get(e["task"]) == e["other"]:
            del self.queued[e["task"]]

    on_drop = on_start

    def doing(self, number):
        task = self.tasks[number]
        if task["is"] == "run":
            return DOINGS[0]
        if task["is"] == "ready":
            return DOINGS[1]
        if task["on"] == "sleep":
            return DOINGS[2]
        if task["on"] == "job":
            return DOINGS[5 if number in self.queued else 4]
        outside = task["on"] in OUTSIDE and task["inside"] != "inside"
        return DOINGS[6 if outside else 3]

    def awaited(self, number):
        """The tasks that it waits for; None where this reading cannot say."""
        task = self.tasks[number]
        live = {n for n, t in self.tasks.items() if t["is"] != "end"}
        if task["on"] == "task":
            return {task["other"]} & live
        if task["on"] == "tasks":
            return set(task["joined"]) & live
        if task["on"] == "children":
            return {n for n in live if self.tasks[n]["parent"] == number}
        if task["on"] == "lock":
            return {self.holders.get(task["other"])}
        return None


def quiet(events, at):
    """Is [at] inside the longest time without an event?"""
    times = sorted({0} | {e["ns"] for e in events})
    gaps = [(b - a, a, b) for a, b in zip(times, times[1:])]
    longest = max(gap[0] for gap in gaps)
    return any(a < at < b for length, a, b in gaps if length == longest)


def peak(events, gauge):
    level = most = 0
    for e in events:
        if gauge is None:
            level += (e["event"] == "spawn") - (e["event"] == "end")
        elif e["event"] == "count" and e["text"] == gauge:
            level += e["value"]
        most = max(most, level)
    return most


def right_value(question, runs, other):
    """The value that the right option should have; by the record alone."""
    kind, run = question["question"], runs[question["variant"]]
    events, at, task = run["events"], question["at"], question["task"]
    if kind == "elapsed":
        return run["end"]
    if kind == "what_if":
        return other[question["variant"]]["end"]
    if kind == "peak":
        quoted = question["text"].split('"')
        return peak(events, quoted[1] if len(quoted) > 1 else None)
    if kind == "end":
        result = next(e.get("value", 0) for e in events
                      if e["event"] == "end" and e["task"] == task)
        return 3 if result == CANCELLED else 2 if result < 0 else 1
    assert quiet(events, at), "something happens at that time"
    moment = Moment(events, at)
    if kind == "thread":
        return moment.running
    if kind == "state":
        return DOINGS.index(moment.doing(task))
    awaited = moment.awaited(task)
    assert awaited is not None and len(awaited) == 1, awaited
    return awaited.pop()


def check_order(question, runs):
    options = sorted(question["options"], key=lambda o: o["value"])
    said = [e["text"] for e in runs[question["variant"]]["events"]
            if e["event"] == "say"]
    assert [o["text"] for o in options] == said, said
    assert [o["text"] for o in question["options"]] != said, "it is given away"


def check_rank(question, runs):
    for option in question["options"]:
        assert option["value"] == runs[option["text"]]["end"], option


def check_choice(question, runs, other):
    options = question["options"]
    right = [o for o in options if o["right"]]
    values = [o["value"] for o in options]
    assert len(right) == 1, "there is not one right answer"
    value = right_value(question, runs, other)
    assert right[0]["value"] == value, f"{value} is right"
    assert len(set(values)) == len(values), "two answers are the same"
    if question["question"] in ("elapsed", "what_if"):
        for wrong in set(values) - {value}:
            assert abs(wrong - value) * 10 > value, "it is as good as right"
    if question["question"] == "state":
        assert right[0]["text"] == DOINGS[value]
    if question["question"] == "thread":
        assert (right[0]["text"] == "nobody") == (value == 0)
        assert "nobody" in [o["text"] for o in options]
    if question["question"] == "end":
        assert right[0]["text"] == ENDINGS[value]


def check(question, comparisons):
    runs, other = comparisons[0], comparisons[-1]
    texts = [o["text"] for o in question["options"]]
    assert 2 <= len(texts) == len(set(texts)) <= 7, "options"
    if question["question"] == "rank":
        check_rank(question, runs)
    elif question["question"] == "order":
        check_order(question, runs)
    else:
        check_choice(question, runs, other)


def ask(lab, words, record=None):
    words = [lab, "predict", *words, "--json"]
    if record:
        words.append(f"--record={record}")
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 0 and not done.stderr, (words, done.stderr)
    return done.stdout


def try_one(lab, words, folder, twice):
    """Returns the kinds that were asked, and what is wrong."""
    record = folder / ("-".join(words) + ".jsonl")
    asked = ask(lab, words, record)
    questions = [json.loads(line) for line in asked.splitlines()]
    wrong, kinds = [], [q["question"] for q in questions]
    comparisons = read_record(record)
    least = any(run["result"] != SKIPPED for run in comparisons[0].values())
    if len(set(kinds)) != len(kinds) or not least <= len(kinds) <= 5:
        wrong.append(f"predict {' '.join(words)}: asks {kinds}")
    if twice and ask(lab, words) != asked:
        wrong.append(f"predict {' '.join(words)}: asks something else again")
    record.unlink()
    for question in questions:
        try:
            check(question, comparisons)
        except (AssertionError, KeyError, StopIteration) as error:
            wrong.append(f"predict {' '.join(words)}: {question['text']} "
                         f"{error!r}")
    return kinds, wrong


def main(build, sets=0):
    lab = os.path.join(build, "looplab")
    listed = subprocess.run([lab, "list"], capture_output=True, text=True,
                            check=True).stdout
    # One that says which library it lacks has no questions.
    numbers = [line.split()[0] for line in listed.splitlines()
               if line[:2].isdigit() and "  skipped: " not in line]
    tries = [([n], True) for n in numbers]
    tries += [([n, "again", f"seed={seed}"], False)
              for n in numbers for seed in range(1, int(sets) + 1)]
    counts, wrong = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder, \
            ThreadPoolExecutor(os.cpu_count()) as pool:
        for kinds, bad in pool.map(
                lambda t: try_one(lab, t[0], pathlib.Path(folder), t[1]),
                tries):
            counts.update(kinds)
            wrong += bad
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(", ".join(f"{n} {kind}" for kind, n in counts.most_common()))
    asked = sum(counts.values())
    print(f"{asked - len(wrong)} passed, {len(wrong)} failed")
    return bool(wrong) or len(tries) < 20


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
