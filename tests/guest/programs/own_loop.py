# A loop of one's own: two runs, and a task that is left over.
import asyncio


async def left_over():
    await asyncio.sleep(0.15)
    print("left over")


async def first():
    asyncio.ensure_future(left_over())
    await asyncio.sleep(0.1)
    return "first"


async def second():
    await asyncio.sleep(0.1)
    return "second"


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(first()))
print(loop.run_until_complete(second()))
loop.close()
