import asyncio
import time


async def heartbeat():
    while True:
        await asyncio.sleep(0.25)


async def blocked():
    heart = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.5)
    time.sleep(1)  # holds the loop's thread
    await asyncio.sleep(0.5)
    heart.cancel()


async def job():  # a pool calls a plain def
    return 42


async def async_job():
    loop = asyncio.get_running_loop()
    result = await loop.run_in_executor(None, job)
    print("the job gave", type(result).__name__)


async def fail():
    raise ValueError("no such page")


async def unread():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0.1)  # and never `await task`


async def greet():
    print("hello")


async def not_awaited():
    greet()


for variant in blocked, async_job, unread, not_awaited:
    asyncio.run(variant())
