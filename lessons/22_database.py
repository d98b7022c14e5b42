import asyncio
import sqlite3
import time

QUERIES, QUERY, BEAT = 8, 0.1, 0.04


def connect():
    return sqlite3.connect(":memory:", check_same_thread=False)


def query(db, number):
    time.sleep(QUERY)  # what a disk would take
    return db.execute("SELECT ?", (number,)).fetchone()[0]


async def on_loop(db, number):
    return query(db, number)


async def in_thread(db, number):
    return await asyncio.to_thread(query, db, number)


async def heartbeat(beats):
    while True:
        beats.append(time.perf_counter())
        await asyncio.sleep(BEAT)


async def ask_all(name, how, connections):
    idle = asyncio.Queue()
    for _ in range(connections):
        idle.put_nowait(connect())

    async def ask(number):
        db = await idle.get()
        try:
            return await how(db, number)
        finally:
            idle.put_nowait(db)

    beats = []
    heart = asyncio.create_task(heartbeat(beats))
    await asyncio.sleep(0)  # let the heart begin
    begin = time.perf_counter()
    answers = await asyncio.gather(*[ask(i) for i in range(QUERIES)])
    took = time.perf_counter() - begin
    await asyncio.sleep(0)  # a beat that is late by now comes at last
    heart.cancel()
    gap = max(b - a for a, b in zip(beats, beats[1:]))
    right = sum(a == i for i, a in enumerate(answers))
    print(f"{name}: {right} right, {took:.2f} s, longest gap {gap:.2f} s")


async def main():
    await ask_all("on_loop", on_loop, 1)
    await ask_all("one_thread", in_thread, 1)
    await ask_all("pool", in_thread, 4)


asyncio.run(main())
