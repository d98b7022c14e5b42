# Waits inside async with, async for and an async comprehension.
import asyncio


class Door:
    async def __aenter__(self):
        await asyncio.sleep(0.1)
        print("open")

    async def __aexit__(self, *what):
        await asyncio.sleep(0.1)
        print("closed")


async def ticks(count):
    for n in range(count):
        await asyncio.sleep(0.05)
        yield n


async def main():
    async with Door():
        async for n in ticks(2):
            print("tick", n)
        print([n async for n in ticks(2)])


asyncio.run(main())
