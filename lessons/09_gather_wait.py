import asyncio

DELAYS = [0.6, 0.2, 0.4, 0.9]


async def mirror(i):
    await asyncio.sleep(DELAYS[i])
    return i + 1


def ask_all():
    return [asyncio.create_task(mirror(i)) for i in range(len(DELAYS))]


async def main():
    print("gather:", await asyncio.gather(*ask_all()))

    done, pending = await asyncio.wait(
        ask_all(), return_when=asyncio.FIRST_COMPLETED
    )
    print("first:", [task.result() for task in done])
    for task in pending:
        task.cancel()

    done, pending = await asyncio.wait(ask_all(), timeout=0.5)
    print("by then:", len(done), "done,", len(pending), "pending")

    for next_one in asyncio.as_completed(ask_all()):
        print("as completed:", await next_one)


asyncio.run(main())
