# A heartbeat beside a coroutine that blocks the loop.
import asyncio
import time


async def heartbeat():
    while True:
        print("beat")
        await asyncio.sleep(0.1)


async def fetch():
    time.sleep(0.35)
    return "fetched"


async def main():
    beat = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.15)
    print(await fetch())
    await asyncio.sleep(0.15)
    beat.cancel()


asyncio.run(main())
