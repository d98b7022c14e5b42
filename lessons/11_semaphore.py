import asyncio
import time

permits = asyncio.Semaphore(3)


async def call(delay):
    async with permits:
        await asyncio.sleep(delay)


async def main():
    begin = time.perf_counter()
    await asyncio.gather(call(0.3), *[call(0.1) for _ in range(8)])
    print(f"{time.perf_counter() - begin:.2f} s")


asyncio.run(main())
