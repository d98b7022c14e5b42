# Timers of the program set a future and an event: that is no deadline of who
# waits.
import asyncio


def finish(answer):
    if not answer.done():
        answer.set_result(42)


def asked(delay):
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    loop.call_later(delay, finish, answer)
    return answer


async def patient():
    print(await asked(1))


async def hasty():
    try:
        await asyncio.wait_for(asked(1), 0.4)
    except asyncio.TimeoutError:
        print("gives up")
    await asyncio.sleep(1)


async def flagged():
    flag = asyncio.Event()
    asyncio.get_running_loop().call_later(0.2, flag.set)
    await flag.wait()


async def main():
    await asyncio.gather(patient(), hasty(), flagged())


asyncio.run(main())
