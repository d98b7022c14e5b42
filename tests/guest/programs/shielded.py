# A shield: the wait is over, and what was waited for is not.
import asyncio


async def save():
    await asyncio.sleep(0.2)
    print("saved")


async def main():
    saving = asyncio.create_task(save())
    try:
        await asyncio.wait_for(asyncio.shield(saving), timeout=0.1)
    except asyncio.TimeoutError:
        print("impatient, but the saving continues")
    await saving


asyncio.run(main())
