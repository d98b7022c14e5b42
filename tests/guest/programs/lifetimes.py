# An object dies when the last who knows it ends, as without the recorder.
import asyncio


class Connection:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("closes", self.name)


async def use(name):
    connection = Connection(name)
    await asyncio.sleep(0.1)
    raise ValueError(connection.name)


async def main():
    task = asyncio.create_task(use("the cancelled"))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass
    del task
    await asyncio.sleep(0)
    print("next")
    try:
        await asyncio.create_task(use("the failed"))
    except ValueError:
        pass
    await asyncio.sleep(0)
    print("end")


asyncio.run(main())
