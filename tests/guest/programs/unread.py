# An error that nobody reads.
import asyncio


async def fails():
    await asyncio.sleep(0.05)
    raise RuntimeError("nobody hears me")


async def main():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0.1)
    print("all is well, it seems:", task.done())


asyncio.run(main())
