import asyncio
import time


async def produce(queue):
    for i in range(10):
        await asyncio.sleep(0.03)
        await queue.put(i)  # waits while it is full


async def consume(queue):
    while True:
        await queue.get()
        await asyncio.sleep(0.1)
        queue.task_done()


async def main(room):
    queue = asyncio.Queue(room)
    begin = time.perf_counter()
    consumer = asyncio.create_task(consume(queue))
    await produce(queue)
    made = time.perf_counter() - begin
    await queue.join()  # until all items are used
    used = time.perf_counter() - begin
    consumer.cancel()
    print(f"room {room}: all made after {made:.2f} s, used after {used:.2f} s")


for room in 0, 2:
    asyncio.run(main(room))
