# Processes of multiprocessing, and threads of its own that serve them: what is
# waited for is real. A job ends only once main waits for it, since a thread of
# the program runs only then.
import asyncio
import multiprocessing
import threading

fork = multiprocessing.get_context("fork")
gate = fork.Semaphore(0)


def negative(number):
    gate.acquire()
    return -number


def open_later():
    threading.Thread(target=gate.release, name="opener").start()


def answer(queue):
    queue.put("from another process")


async def main():
    await asyncio.sleep(0.1)
    with fork.Pool(2) as pool:
        open_later()
        print(pool.map(negative, [1]))
        open_later()
        print(pool.apply_async(negative, [2]).get(timeout=60))
    queue = fork.Queue()
    print("empty" if queue.empty() else "full")
    process = fork.Process(target=answer, args=(queue,))
    process.start()
    print(queue.get(timeout=60))
    process.join(timeout=60)
    print(process.exitcode)


if __name__ == "__main__":
    asyncio.run(main())
