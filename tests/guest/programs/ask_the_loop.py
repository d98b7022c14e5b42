# A job asks the loop to run a coroutine, and waits for it.
import asyncio
import time


async def lookup(key):
    await asyncio.sleep(0.1)
    return key * 2


def job(loop):
    time.sleep(0.05)
    answer = asyncio.run_coroutine_threadsafe(lookup(21), loop)
    return answer.result()


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, job, loop))


asyncio.run(main())
