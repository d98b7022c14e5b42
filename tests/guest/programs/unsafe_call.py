# A thread sets a future: nobody wakes the loop. The other way does.
import asyncio
import time


async def answer(by_the_loop):
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def job():
        time.sleep(0.1)
        if by_the_loop:
            loop.call_soon_threadsafe(future.set_result, 1)
        else:
            future.set_result(1)
        time.sleep(0.3)

    thread = loop.run_in_executor(None, job)
    timer = asyncio.create_task(asyncio.sleep(0.2))
    begin = loop.time()
    await future
    print(f"heard after {loop.time() - begin:.1f} s")
    await asyncio.gather(timer, thread)


asyncio.run(answer(False))
asyncio.run(answer(True))
