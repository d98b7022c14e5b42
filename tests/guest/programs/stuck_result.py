# status: 3
# The loop's thread asks the loop for an answer, and waits for it: the loop has
# no thread to make it with. Plain Python hangs.
import asyncio


async def answer():
    return 42


async def main():
    loop = asyncio.get_running_loop()
    asked = asyncio.run_coroutine_threadsafe(answer(), loop)
    print("got", asked.result())


asyncio.run(main())
