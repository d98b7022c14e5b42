import asyncio
import json
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

N = 1_500_000


def total(n=N):
    result = 0
    for i in range(n):
        result += i
    return result


async def as_coroutine():
    return total()


async def in_pool(kind):
    loop = asyncio.get_running_loop()
    with kind(2) as pool:
        await asyncio.gather(*(loop.run_in_executor(pool, total, N)
                               for _ in range(2)))


async def in_turn():
    for _ in range(2):
        await as_coroutine()


async def gathered():
    await asyncio.gather(as_coroutine(), as_coroutine())


async def longest_gap(work):
    """The longest time without a beat beside work, in ms."""
    gaps, alive = [], True

    async def heart():
        while alive:
            begin = time.perf_counter()
            await asyncio.sleep(0.001)
            gaps.append(time.perf_counter() - begin)

    task = asyncio.create_task(heart())
    await asyncio.sleep(0.01)
    await work()
    await asyncio.sleep(0.01)
    alive = False
    await task
    return max(gaps) * 1000


def took(coroutine):
    begin = time.perf_counter()
    asyncio.run(coroutine)
    return max(time.perf_counter() - begin, 1e-9)  # virtual time may stand


big = json.dumps(list(range(300_000)))


async def parse():
    json.loads(big)


async def in_four_threads():
    await asyncio.gather(*(asyncio.to_thread(total) for _ in range(4)))


def main():
    one = took(in_turn())
    print(f"gathered / in turn: {took(gathered()) / one:.2f}")
    print(f"threads / in turn: {took(in_pool(ThreadPoolExecutor)) / one:.2f}")
    processes = took(in_pool(ProcessPoolExecutor))
    print(f"processes / in turn: {processes / one:.2f}")
    on_loop = asyncio.run(longest_gap(as_coroutine))
    thread = asyncio.run(longest_gap(lambda: asyncio.to_thread(total)))
    print(f"Python code, gap in a thread / on the loop: {thread / on_loop:.2f}")
    on_loop = asyncio.run(longest_gap(parse))
    thread = asyncio.run(
        longest_gap(lambda: asyncio.to_thread(json.loads, big)))
    print(f"json.loads, gap in a thread / on the loop: {thread / on_loop:.2f}")
    slices = asyncio.run(longest_gap(in_four_threads)) / 5
    print(f"longest gap beside four threads, in slices: {slices:.0f}")


if __name__ == "__main__":
    main()
