import asyncio
import threading
import time


def generator():
    while True:
        yield


def measure_generator(n=100_000):
    made = generator()
    begin = time.perf_counter()
    for _ in range(n):
        next(made)  # there, and back
    return (time.perf_counter() - begin) / (2 * n)


async def give_way(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def two(n):
    await asyncio.gather(give_way(n), give_way(n))


def measure_tasks(n=20_000):
    begin = time.perf_counter()
    asyncio.run(two(n))
    return (time.perf_counter() - begin) / (2 * n)


def measure_threads(n=5_000):
    mine, yours = threading.Lock(), threading.Lock()
    yours.acquire()

    def ping(take, give):
        for _ in range(n):
            take.acquire()
            give.release()

    threads = [threading.Thread(target=ping, args=locks)
               for locks in ((mine, yours), (yours, mine))]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - begin) / (2 * n)


generator_us = measure_generator() * 1e6
task_us = measure_tasks() * 1e6
thread_us = measure_threads() * 1e6
print(f"generator: {generator_us:.3f} us")
print(f"task: {task_us:.1f} us")
print(f"thread: {thread_us:.1f} us")
print(f"thread / task: {thread_us / task_us:.1f}")
