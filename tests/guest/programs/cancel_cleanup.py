# A cancel, with a message, and a finally that waits.
import asyncio


async def download(name):
    try:
        await asyncio.sleep(5)
    finally:
        await asyncio.sleep(0.05)
        print(name, "is closed")


async def main():
    task = asyncio.create_task(download("a.txt"))
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled:", task.cancelled())


asyncio.run(main())
