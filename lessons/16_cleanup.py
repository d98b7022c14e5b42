import asyncio

OPEN, WORK, CLOSE, WHEN = 0.05, 0.5, 0.1, 0.15
is_open = []


class Resource:
    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        await asyncio.sleep(OPEN)
        is_open.append(self.name)

    async def __aexit__(self, *error):
        await asyncio.sleep(CLOSE)  # a goodbye
        is_open.remove(self.name)
        print(f"  {self.name} closes")


async def work(how):
    if how == "fails":
        raise ConnectionResetError
    await asyncio.sleep(WORK)


async def forgetful(how):
    connection = Resource("connection")
    await connection.__aenter__()
    await work(how)  # an error or a cancel leaves here
    await connection.__aexit__()


async def careful(how):
    async with Resource("connection"):
        async with Resource("transaction"):
            await work(how)


async def client(function, how, cancels):
    is_open.clear()
    task = asyncio.create_task(function(how))
    for delay in cancels:
        await asyncio.sleep(delay)
        task.cancel()
    await asyncio.wait([task])
    error = None if task.cancelled() else task.exception()
    print(f"{function.__name__}, {how}: {len(is_open)} left open")


for trial in ((forgetful, "is cancelled", [2 * OPEN + WHEN]),
              (careful, "is cancelled", [2 * OPEN + WHEN]),
              (careful, "fails", []),
              (careful, "succeeds", []),
              (careful, "is cancelled twice", [2 * OPEN + WHEN, CLOSE / 2])):
    asyncio.run(client(*trial))
