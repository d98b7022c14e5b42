import asyncio
import time

LINES = [(0.1, "hello"), (0.2, "world")]


async def say_after(delay, what):
    await asyncio.sleep(delay)  # others run meanwhile
    print(what)


async def blocking():
    for delay, what in LINES:
        time.sleep(delay)  # nobody runs meanwhile
        print(what)


async def in_turn():
    for delay, what in LINES:
        await say_after(delay, what)  # we wait right here


async def together():
    tasks = [asyncio.create_task(say_after(*line)) for line in LINES]
    await asyncio.gather(*tasks)  # both wait at the same time


for variant in blocking, in_turn, together:
    begin = time.perf_counter()
    asyncio.run(variant())
    print(f"{variant.__name__}: {time.perf_counter() - begin:.1f} s")
