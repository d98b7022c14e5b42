# needs: 3.9
# A cancelled to_thread returns at once, and its thread runs on: asyncio.run
# waits for it at the end, and nobody holds the loop meanwhile.
import asyncio
import time


def job():
    time.sleep(0.3)
    print("the job ends")


async def main():
    task = asyncio.create_task(asyncio.to_thread(job))
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")


asyncio.run(main())
