import asyncio
import time


def since(begin):
    return f"{time.perf_counter() - begin:.1f} s"


async def set_directly():
    begin = time.perf_counter()
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def job():
        time.sleep(0.1)
        future.set_result("from the thread")  # a mistake: wakes nobody
        time.sleep(0.6)

    thread = loop.run_in_executor(None, job)
    timer = asyncio.create_task(asyncio.sleep(0.5))
    await future
    print("set by the thread: heard after", since(begin))
    await asyncio.gather(timer, thread)


async def set_by_the_loop():
    begin = time.perf_counter()
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def job():
        time.sleep(0.1)
        loop.call_soon_threadsafe(future.set_result, "from the loop")

    thread = loop.run_in_executor(None, job)
    await future
    print("set by the loop: heard after", since(begin))
    await thread


async def answer():
    await asyncio.sleep(0.3)
    return 42


async def asking():
    begin = time.perf_counter()
    loop = asyncio.get_running_loop()

    def job():
        return asyncio.run_coroutine_threadsafe(answer(), loop).result()

    print("the thread asked and got", await asyncio.to_thread(job),
          "after", since(begin))


async def main():
    await set_directly()
    await set_by_the_loop()
    await asking()


asyncio.run(main())
