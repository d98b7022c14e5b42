# Five sleeps, gathered, take as long as one.
import asyncio


async def nap(n):
    await asyncio.sleep(0.1)
    print("nap", n, "is over")
    return n * n


async def main():
    print(await asyncio.gather(*(nap(n) for n in range(5))))


asyncio.run(main())
