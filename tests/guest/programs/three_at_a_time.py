# Seven visitors and a door for three.
import asyncio


async def visit(n, door):
    async with door:
        print(n, "is in")
        await asyncio.sleep(0.1)


async def main():
    door = asyncio.Semaphore(3)
    await asyncio.gather(*(visit(n, door) for n in range(7)))


asyncio.run(main())
