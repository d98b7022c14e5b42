# gather passes on the first error; the others continue.
import asyncio


async def bad():
    await asyncio.sleep(0.05)
    raise KeyError("x")


async def good():
    await asyncio.sleep(0.1)
    print("good continued")


async def main():
    try:
        await asyncio.gather(bad(), good())
    except KeyError as error:
        print("one failed:", error)
    await asyncio.sleep(0.1)


asyncio.run(main())
