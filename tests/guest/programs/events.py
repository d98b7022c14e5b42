# An event and a condition, with two waiters each.
import asyncio


async def waiter(name, event):
    await event.wait()
    print(name, "runs")


async def listener(n, condition):
    async with condition:
        await condition.wait()
        print("notified", n)


async def main():
    event, condition = asyncio.Event(), asyncio.Condition()
    tasks = [asyncio.create_task(waiter(n, event)) for n in "ab"]
    tasks += [asyncio.create_task(listener(n, condition)) for n in (1, 2)]
    await asyncio.sleep(0.1)
    event.set()
    await asyncio.sleep(0.1)
    async with condition:
        condition.notify_all()
    await asyncio.gather(*tasks)


asyncio.run(main())
