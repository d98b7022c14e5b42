# Four blocking jobs for one, two and four workers.
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def resize(picture):
    time.sleep(0.1)
    return picture * 10


async def resize_all(workers):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        jobs = [loop.run_in_executor(pool, resize, n) for n in range(4)]
        print(workers, "workers:", await asyncio.gather(*jobs))


for workers in 1, 2, 4:
    asyncio.run(resize_all(workers))
