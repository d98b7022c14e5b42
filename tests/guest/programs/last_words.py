"""A loop's own handler of errors, told of all that asyncio tells it of; also of
tasks that nobody keeps, in the run and when the program ends."""

import asyncio
import gc


def handler(loop, context):
    message = context["message"].split(" main.")[0]
    print("handler:", message, sorted(context), loop is main_loop)


async def fails(error):
    raise error


async def stuck():
    await asyncio.get_running_loop().create_future()


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(lambda: 1 / 0)
    loop.call_later(0.1, lambda: 1 / 0)
    asyncio.create_task(fails(ValueError("forgotten")))
    asyncio.create_task(stuck())
    future = loop.create_future()
    future.set_exception(KeyError("unread"))
    del future
    await asyncio.sleep(0.2)
    gc.collect()
    loop.call_exception_handler({"message": "its own"})
    asyncio.create_task(stuck())
    kept.append(asyncio.create_task(fails(ValueError("kept"))))
    await asyncio.sleep(0.1)


kept = []
main_loop = asyncio.new_event_loop()
main_loop.run_until_complete(main())
print("end")
