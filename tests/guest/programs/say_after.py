# The first example of asyncio's tutorial: one after the other, then together.
import asyncio
import time


async def say_after(delay, what):
    await asyncio.sleep(delay)
    print(what)


async def in_turn():
    start = time.perf_counter()
    await say_after(0.1, "hello")
    await say_after(0.2, "world")
    print(f"it took {time.perf_counter() - start:.1f} s")


async def together():
    start = time.perf_counter()
    hello = asyncio.create_task(say_after(0.1, "hello"))
    world = asyncio.create_task(say_after(0.2, "world"))
    await hello
    await world
    print(f"it took {time.perf_counter() - start:.1f} s")


print("in turn, then together")
asyncio.run(in_turn())
asyncio.run(together())
print("that was all")
