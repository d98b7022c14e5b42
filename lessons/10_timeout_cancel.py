import asyncio
import time

FETCH, PATIENCE = 0.5, 0.2


async def fetch():
    try:
        await asyncio.sleep(FETCH)
        return 42
    finally:
        print("  cleaned up")  # once, whatever happens


async def by_timeout():
    return await asyncio.wait_for(fetch(), PATIENCE)


async def shielded():
    task = asyncio.create_task(fetch())
    try:
        await asyncio.wait_for(asyncio.shield(task), PATIENCE)
    except TimeoutError:
        print("  our wait ends")
    return await task


async def swallow():
    try:
        await fetch()
    except asyncio.CancelledError:
        pass  # told to stop, and does not care
    return await fetch()


async def swallowed():
    task = asyncio.create_task(swallow())
    await asyncio.sleep(PATIENCE)
    task.cancel()
    return await task, task.cancelled()


async def never_wait():
    time.sleep(FETCH)
    return 42


async def no_wait():
    return await asyncio.wait_for(never_wait(), PATIENCE)


for variant in by_timeout, shielded, swallowed, no_wait:
    begin = time.perf_counter()
    try:
        result = asyncio.run(variant())
    except TimeoutError:
        result = "TimeoutError"
    took = round(time.perf_counter() - begin, 1)
    print(f"{variant.__name__}: {took} s, {result}")
