import asyncio
import threading
import time

ROUNDS, counter = 100_000, 0
lock = threading.Lock()


def plus_one():
    global counter
    for _ in range(ROUNDS):
        counter += 1


def read_think_write(rounds=5):
    global counter
    for _ in range(rounds):
        seen = counter
        time.sleep(0.02)
        counter = seen + 1


def locked():
    for _ in range(5):
        with lock:
            read_think_write(1)


def in_threads(work):
    global counter
    counter = 0
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counter


async def across_await():
    global counter
    for _ in range(1000):
        seen = counter
        await asyncio.sleep(0)
        counter = seen + 1


async def in_tasks():
    global counter
    counter = 0
    await asyncio.gather(*(across_await() for _ in range(4)))
    return counter


async def take(first, second):
    async with first:
        await asyncio.sleep(0.1)
        async with second:
            return "has both"


async def two_orders():
    a, b = asyncio.Lock(), asyncio.Lock()
    try:
        return await asyncio.wait_for(
            asyncio.gather(take(a, b), take(b, a)), timeout=0.5)
    except TimeoutError:
        return "no word until our timeout"


print("counter += 1 in threads:", in_threads(plus_one), "of", 4 * ROUNDS)
print("read, think, write:", in_threads(read_think_write), "of 20")
print("the same, locked:", in_threads(locked), "of 20")
print("tasks, across an await:", asyncio.run(in_tasks()), "of 4000")
print("two locks in two orders:", asyncio.run(two_orders()))
