# Processes of multiprocessing, and threads of its own that serve them: what is
# waited for is real.
import asyncio
import multiprocessing


def answer(queue):
    queue.put("from another process")


async def main():
    await asyncio.sleep(0.1)
    with multiprocessing.Pool(2) as pool:
        print(pool.map(abs, [-1, -2]))
        print(pool.apply_async(divmod, (7, 2)).get(timeout=60))
    queue = multiprocessing.Queue()
    print("empty" if queue.empty() else "full")
    process = multiprocessing.Process(target=answer, args=(queue,))
    process.start()
    print(queue.get(timeout=60))
    process.join(timeout=60)
    print(process.exitcode)


if __name__ == "__main__":
    asyncio.run(main())
