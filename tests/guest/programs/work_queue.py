# A bounded queue with two consumers, who are cancelled when all is done.
import asyncio


async def produce(queue):
    for n in range(5):
        await asyncio.sleep(0.02)
        await queue.put(n)
        print("put", n)


async def consume(name, queue):
    while True:
        item = await queue.get()
        await asyncio.sleep(0.1)
        print(name, "did", item)
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)
    consumers = [asyncio.create_task(consume(name, queue), name=name)
                 for name in ("anna", "bob")]
    await produce(queue)
    await queue.join()
    for consumer in consumers:
        consumer.cancel()
    ends = await asyncio.gather(*consumers, return_exceptions=True)
    print([type(end).__name__ for end in ends])


asyncio.run(main())
