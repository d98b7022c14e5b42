# needs: 3.12
# Eager tasks run to their first wait when they are made.
import asyncio


async def step(n):
    print("step", n)
    if n:
        await asyncio.sleep(0.1)
    return n


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(step(n)) for n in range(3)]
    print("all are made")
    print(await asyncio.gather(*tasks))


asyncio.run(main())
