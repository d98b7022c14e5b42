import asyncio
import time


async def heartbeat():
    while True:
        await asyncio.sleep(0.25)


async def blocked():
    heart = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.5)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, time.sleep, 1)
    await asyncio.sleep(0.5)
    heart.cancel()


def job():
    return 42


async def async_job():
    loop = asyncio.get_running_loop()
    result = await loop.run_in_executor(None, job)
    print("the job gave", type(result).__name__)


async def fail():
    raise ValueError("no such page")


async def unread():
    task = asyncio.create_task(fail())
    try:
        await task
    except ValueError as error:
        print("told:", error)


async def greet():
    print("hello")


async def not_awaited():
    await greet()


for variant in blocked, async_job, unread, not_awaited:
    asyncio.run(variant())
