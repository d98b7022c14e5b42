import asyncio


async def say_after(delay, what):
    await asyncio.sleep(delay)
    print(what)


async def in_turn():
    await say_after(1, "hello")
    await say_after(2, "world")


async def together():
    hello = asyncio.create_task(say_after(1, "hello"))
    world = asyncio.create_task(say_after(2, "world"))
    await hello
    await world


asyncio.run(in_turn())
asyncio.run(together())
