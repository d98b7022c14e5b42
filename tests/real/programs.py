#!/usr/bin/env python3
"""Random programs, here and in CPython's asyncio.

    tests/real/programs.py BUILD [COUNT]      300 programs, if none is said

Each is made of tasks, sleeps, locks, semaphores, queues, events, gather and
wait_for. What it says is the same at the same microsecond: here under the
virtual clock, there under a clock that jumps to the next deadline.

asyncio takes more turns of its loop for some waits, so within one microsecond
the order of lines may differ. Nothing else may follow from it: sleeps have
random lengths, and what tasks compete for is asked for right after one.
"""

import asyncio
import json
import os
import random
import selectors
import subprocess
import sys
import tempfile
from pathlib import Path

SAY, SLEEP, YIELD, LOCK, SEMAPHORE, PUT, GET, SET, WAIT, GATHER, WAIT_FOR, TEND = range(12)
KINDS = 2
SECOND = 1_000_000


# What a program is: a list of operations, each a tuple; a body is such a list.


class Maker:
    """Makes one program from a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.number = 0
        self.queued = 0

    def next(self):
        self.number += 1
        return self.number

    def sleep(self):
        return SLEEP, self.random.randrange(1, SECOND)

    def operations(self, depth, held):
        """A few operations. Locks have an order, so that no circle closes."""
        kinds = ["say", "sleep", "yield", "put", "get", "set", "wait"]
        if depth > 0:
            kinds += ["lock", "semaphore", "gather", "wait_for"] * 2
        kind = self.random.choice(kinds)
        one = self.random.randrange(KINDS)
        if kind == "say":
            return [(SAY, self.next())]
        if kind == "sleep":
            return [self.sleep()]
        if kind == "yield":
            return [(YIELD,), (SAY, self.next())]
        if kind in ("put", "get"):
            self.queued += 1
            return [self.sleep(), (PUT if kind == "put" else GET, one, self.next())]
        if kind == "set":
            return [(SET, one)]
        if kind == "wait":
            return [(WAIT, one), (SAY, self.next())]
        if kind in ("lock", "semaphore"):
            rank = one + (KINDS if kind == "semaphore" else 0)
            if rank <= held:
                return [self.sleep()]
            body = self.body(depth - 1, rank)
            return [self.sleep(), (LOCK if kind == "lock" else SEMAPHORE, one, body)]
        if kind == "gather":
            count = self.random.randrange(1, 5)
            return [(GATHER, [self.body(depth - 1, held) for _ in range(count)])]
        time = self.random.randrange(1, 2 * SECOND)
        return [(WAIT_FOR, time, self.next(), self.body(depth - 1, held))]

    def body(self, depth, held):
        body = [(SAY, self.next())]
        for _ in range(self.random.randrange(1, 6)):
            body += self.operations(depth, held)
        return body + [(SAY, self.next())]

    def program(self):
        count = self.random.randrange(2, 7)
        bodies = [self.body(3, -1) for _ in range(count)]
        tending = TEND, self.queued + 3, self.random.randrange(SECOND, 2 * SECOND)
        return [(GATHER, bodies + [[tending]]), (SAY, self.next())]


def numbers(body):
    """A body as numbers, with their count before them."""
    out = []
    for op, *rest in body:
        out.append(op)
        if op == GATHER:
            children = [n for child in rest[0] for n in numbers(child)]
            out += [len(rest[0]), len(children), *children]
        elif op in (LOCK, SEMAPHORE, WAIT_FOR):
            out += rest[:-1] + numbers(rest[-1])
        else:
            out += rest
    return [len(out)] + out


# The same in asyncio.


class Selector(selectors.DefaultSelector):
    """Waits for nothing: the clock of its loop jumps instead."""

    loop = None

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("nothing is left that could end a wait")
        if not ready and timeout > 0:
            self.loop.now += timeout
        return ready


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.now = 0.0
        selector = Selector()
        selector.loop = self
        super().__init__(selector)
        self._clock_resolution = 1e-9

    def time(self):
        return self.now


class Run:
    def __init__(self):
        self.said = []
        self.locks = [asyncio.Lock() for _ in range(KINDS)]
        self.semaphores = [asyncio.Semaphore(i + 1) for i in range(KINDS)]
        self.queues = [asyncio.Queue(i * 2) for i in range(KINDS)]
        self.events = [asyncio.Event() for _ in range(KINDS)]

    def say(self, text):
        now = asyncio.get_running_loop().time()
        self.said.append((round(now * SECOND), str(text)))

    async def tend(self, count, time):
        for _ in range(count):
            await asyncio.sleep(time / SECOND)
            for queue, event in zip(self.queues, self.events):
                event.set()
                if queue.qsize() == 0:
                    queue.put_nowait(0)
                else:
                    queue.get_nowait()

    async def wait_for(self, time, number, body):
        task = asyncio.create_task(self.body(body))
        try:
            await asyncio.wait_for(task, time / SECOND)
        except asyncio.TimeoutError:
            self.say(f"{number} timed out")
        else:
            self.say(f"{number} in time")

    async def operation(self, op, *rest):
        if op == SAY:
            self.say(rest[0])
        elif op == SLEEP:
            await asyncio.sleep(rest[0] / SECOND)
        elif op == YIELD:
            await asyncio.sleep(0)
        elif op in (LOCK, SEMAPHORE):
            async with (self.locks if op == LOCK else self.semaphores)[rest[0]]:
                await self.body(rest[1])
        elif op == PUT:
            await self.queues[rest[0]].put(rest[1])
            self.say(f"put {rest[1]}")
        elif op == GET:
            item = await self.queues[rest[0]].get()
            self.say(f"{rest[1]} got {item}")
        elif op == SET:
            self.events[rest[0]].set()
        elif op == WAIT:
            await self.events[rest[0]].wait()
        elif op == GATHER:
            await asyncio.gather(*[self.body(child) for child in rest[0]])
        elif op == WAIT_FOR:
            await self.wait_for(*rest)
        else:
            await self.tend(*rest)

    async def body(self, body):
        for operation in body:
            await self.operation(*operation)


def said_there(program):
    async def main():
        run = Run()
        await run.body(program)
        return run.said

    loop = Loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(main())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


# And here.


def build(folder, programs):
    """The demo that runs the programs, in folder."""
    code, starts = [], []
    for program in programs:
        starts.append(len(code))
        code += numbers(program)
    Path(folder, "programs.inc").write_text(
        f"static const int code[] = {{{','.join(map(str, code))}}};\n"
        f"static const int starts[] = {{{','.join(map(str, starts))}}};\n"
    )
    source = Path(__file__).with_name("programs.c")
    flags = "-std=gnu11 -O1 -g -D_GNU_SOURCE -fPIC -shared -Isrc"
    subprocess.run(
        [os.environ.get("CC", "cc"), *flags.split(), f"-I{folder}",
         "-o", f"{folder}/90_programs.so", source],
        check=True,
    )


def said_here(looplab, folder, seed):
    record = Path(folder, "record.jsonl")
    record.unlink(missing_ok=True)
    done = subprocess.run(
        [looplab, f"--demos={folder}", "--trust", "run", "90", f"seed={seed}",
         "--clock=virtual", f"--record={record}"],
        capture_output=True, text=True,
    )
    if done.returncode:
        return [(0, f"status {done.returncode}: {done.stderr.strip()}")]
    events = map(json.loads, record.read_text().splitlines())
    return [(round(e["ns"] / 1000), e["text"])
            for e in events if e.get("event") == "say"]


def main():
    looplab = Path(sys.argv[1], "looplab").resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    programs = [Maker(seed).program() for seed in range(count)]
    lines = failed = same_order = 0
    with tempfile.TemporaryDirectory() as folder:
        build(folder, programs)
        for seed, program in enumerate(programs):
            here = said_here(looplab, folder, seed)
            there = said_there(program)
            lines += len(there)
            same_order += here == there
            if sorted(here) == sorted(there):
                continue
            failed += 1
            print(f"program {seed} differs")
            for one, two in zip(sorted(here), sorted(there)):
                if one != two:
                    print(f"    here {one}, in asyncio {two}")
                    break
    print(f"{count} programs said {lines} lines, {same_order} in the same order")
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
