# status: 3
# A lock for threads, held across an await: the second task holds the loop's
# thread until the first gives the lock back, which has no thread to do so.
# Plain Python hangs.
import asyncio
import threading

lock = threading.Lock()


async def worker(name):
    with lock:
        print(name, "has it")
        await asyncio.sleep(0.1)


async def main():
    await asyncio.gather(worker("one"), worker("two"))


asyncio.run(main())
