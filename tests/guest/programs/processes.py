# A pool of processes.
import asyncio
import time
from concurrent.futures import ProcessPoolExecutor


def square(n):
    time.sleep(0.1)
    return n * n


async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(2) as pool:
        print(await asyncio.gather(*(loop.run_in_executor(pool, square, n)
                                     for n in range(4))))


if __name__ == "__main__":
    asyncio.run(main())
