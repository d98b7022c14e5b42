# An executor is given an async def: nothing runs.
import asyncio


async def work():
    await asyncio.sleep(0.1)
    print("never printed")


async def main():
    loop = asyncio.get_running_loop()
    result = await loop.run_in_executor(None, work)
    print("the result is a", type(result).__name__)
    result.close()


asyncio.run(main())
