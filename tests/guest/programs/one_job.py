# needs: 3.9
# A job that its caller awaits at once, in two ways.
import asyncio
import time


def read(name):
    time.sleep(0.1)
    if name == "c.txt":
        raise FileNotFoundError(2, "No such file", name)
    return name.upper()


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, read, "a.txt"))
    print(await asyncio.to_thread(read, "b.txt"))
    try:
        await asyncio.to_thread(read, "c.txt")
    except OSError as error:
        print("failed:", error)


asyncio.run(main())
