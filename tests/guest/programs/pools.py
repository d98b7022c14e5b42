# What pools can do besides: cancel, map, fail to begin, and outlive a run.
import asyncio
import concurrent.futures.thread
import logging
import time
from concurrent.futures import ThreadPoolExecutor


def job(n):
    time.sleep(0.1 + n / 100)
    print("job", n)
    return n


def begin():
    raise RuntimeError("cannot begin")


async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1)
    jobs = [pool.submit(job, n) for n in range(3)]
    await asyncio.sleep(0.15)
    print([j.cancel() for j in jobs], [j.done() for j in jobs])
    pool.shutdown(wait=False)
    try:
        pool.submit(job, 3)
    except RuntimeError as error:
        print(error)
    with ThreadPoolExecutor(2) as pool:
        print(list(pool.map(job, range(4, 8))))
    logging.disable()
    with ThreadPoolExecutor(1, initializer=begin) as pool:
        try:
            await loop.run_in_executor(pool, job, 8)
        except concurrent.futures.thread.BrokenThreadPool as error:
            print("broken:", error)
    ThreadPoolExecutor(1).submit(job, 9)


asyncio.run(main())
print("end of the program")
