import asyncio
import selectors
import time
from concurrent.futures import ThreadPoolExecutor

N, LONG, SHORT = 4, 0.1, 0.002


class Watched(selectors.DefaultSelector):
    """The loop idles in select, and nowhere else."""

    def __init__(self):
        super().__init__()
        self.idle = 0

    def select(self, timeout=None):
        begin = time.perf_counter()
        ready = super().select(timeout)
        self.idle += time.perf_counter() - begin
        return ready


def compute(seconds):
    end = time.thread_time() + seconds  # of processor time
    while time.thread_time() < end:
        pass


async def request(wait, work, pool):
    await asyncio.sleep(wait)
    if pool:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(pool, compute, work)
    else:
        compute(work)


async def main(wait, work, workers):
    pool = ThreadPoolExecutor(workers) if workers else None
    await asyncio.gather(*[request(wait, work, pool) for _ in range(N)])


def watch(name, wait, work, workers=0):
    selector = Watched()
    with asyncio.Runner(
            loop_factory=lambda: asyncio.SelectorEventLoop(selector)) as runner:
        begin = time.perf_counter()
        runner.run(main(wait, work, workers))
        took = time.perf_counter() - begin
    print(f"{name}: loop idle {selector.idle / took * 100:.0f} %")
    return took


watch("io", LONG, SHORT)
on_loop = watch("cpu", SHORT, LONG)
in_pool = watch("cpu in 2 threads", SHORT, LONG, 2)
print(f"2 threads / on the loop: {in_pool / on_loop:.2f}")
