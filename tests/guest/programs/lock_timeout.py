# needs: 3.11
# A timeout around a wait for a lock.
import asyncio


async def keeper(lock):
    async with lock:
        await asyncio.sleep(0.3)


async def main():
    lock = asyncio.Lock()
    task = asyncio.create_task(keeper(lock))
    await asyncio.sleep(0)
    try:
        async with asyncio.timeout(0.15):
            async with lock:
                print("got it")
    except TimeoutError:
        print("gave up")
    await task


asyncio.run(main())
