"""Threads have the names that Python gives them."""

import asyncio
import concurrent.futures
import threading


def name():
    return threading.current_thread().name


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, name))
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        print(await loop.run_in_executor(pool, name))
    with concurrent.futures.ThreadPoolExecutor(1, "mine") as pool:
        print(pool.submit(name).result())
    thread = threading.Thread(target=lambda: print(name()), name="own")
    thread.start()
    thread.join()


asyncio.run(main())
