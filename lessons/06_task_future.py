import asyncio
import gc
import time

FETCH, PREPARE = 0.5, 0.3


async def fetch():
    await asyncio.sleep(FETCH)
    return 42


async def called():
    await asyncio.sleep(PREPARE)
    return await fetch()


async def task_late():
    await asyncio.sleep(PREPARE)
    return await asyncio.create_task(fetch())


async def task_first():
    task = asyncio.create_task(fetch())
    await asyncio.sleep(PREPARE)
    return await task, await task  # twice


async def coroutine_twice():
    fetching = fetch()  # no task: nothing begins here
    await asyncio.sleep(PREPARE)
    return await fetching, await fetching


async def never():
    await asyncio.get_running_loop().create_future()  # nobody sets it


async def unheld():
    said = []
    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: said.append(context["message"]))
    asyncio.create_task(never())  # nobody keeps the task
    await asyncio.sleep(0)  # it begins, and waits
    gc.collect()
    return said


for variant in called, task_late, task_first, coroutine_twice, unheld:
    begin = time.perf_counter()
    try:
        result = asyncio.run(variant())
    except RuntimeError as error:
        result = error
    took = round(time.perf_counter() - begin, 1)
    print(f"{variant.__name__}: {took} s, {result}")
