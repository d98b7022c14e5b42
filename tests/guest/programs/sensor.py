# A thread hands what it measures to the loop.
import asyncio
import threading
import time


def measure(loop, queue):
    for n in range(3):
        time.sleep(0.07)
        loop.call_soon_threadsafe(queue.put_nowait, n)


async def main():
    queue = asyncio.Queue()
    thread = threading.Thread(
        target=measure, args=(asyncio.get_running_loop(), queue),
        name="sensor")
    thread.start()
    for _ in range(3):
        print("reading", await queue.get())
    thread.join()


asyncio.run(main())
