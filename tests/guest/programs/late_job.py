# needs: 3.9
# A job that outlives main, and needs the loop until it ends.
import asyncio
import time


def report(loop):
    for percent in 50, 100:
        time.sleep(0.1)
        loop.call_soon_threadsafe(print, percent, "%")
    answer = asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1, "ok"), loop)
    print("the loop says", answer.result())


async def main():
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, report, loop)
    print("main ends")


asyncio.run(main())
print("end")
