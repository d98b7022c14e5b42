# needs: 3.11
# Requests to stop that are taken back: by groups and timeouts at their end, and
# by the program itself.
import asyncio


async def fails():
    await asyncio.sleep(0.1)
    raise ValueError("no such page")


async def groups():
    for wait in 1, 0:  # it fails in the body of the group, or after that
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fails(), name=f"fails {wait}")
                await asyncio.sleep(wait)
        except* ValueError:
            print("caught")
        await asyncio.sleep(0.3)


async def timeouts():
    for delay in 0, 0.2:
        try:
            async with asyncio.timeout(delay):
                try:
                    await asyncio.sleep(1)
                finally:
                    await asyncio.sleep(0.1)
        except TimeoutError:
            print("late")
        await asyncio.sleep(0.3)


async def slow():
    try:
        await asyncio.sleep(1)
    finally:
        await asyncio.sleep(0.3)


async def both():
    try:
        async with asyncio.timeout(0.2):
            async with asyncio.TaskGroup() as group:
                group.create_task(fails())
                group.create_task(slow())
                try:
                    await asyncio.sleep(1)
                finally:
                    await asyncio.sleep(1)  # two have asked by its end
    except* (ValueError, TimeoutError):
        print("caught")
    await asyncio.sleep(0.3)


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        asyncio.current_task().uncancel()
    await asyncio.sleep(1)
    return asyncio.current_task().cancelling()


async def direct():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    task.uncancel()  # nothing is to be taken back
    task.cancel("once")
    task.cancel("twice")
    await asyncio.sleep(0.5)
    task.uncancel()
    await asyncio.sleep(0)
    print(await task)
    task.uncancel()


for main in groups, timeouts, both, direct:
    asyncio.run(main())
