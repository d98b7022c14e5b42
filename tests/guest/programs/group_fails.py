# needs: 3.11
# One task of a group fails; the other is cancelled.
import asyncio


async def fine():
    try:
        await asyncio.sleep(3)
    finally:
        print("fine stops")


async def bad():
    await asyncio.sleep(0.1)
    raise ValueError("no such page")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fine())
            group.create_task(bad())
    except BaseException as error:
        print("caught", error.exceptions)


asyncio.run(main())
