# Three jobs and one threading.Lock.
import asyncio
import threading
import time

lock = threading.Lock()


def count(n):
    with lock:
        time.sleep(0.1)
        print("counted", n)


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(*(loop.run_in_executor(None, count, n)
                           for n in range(3)))


asyncio.run(main())
