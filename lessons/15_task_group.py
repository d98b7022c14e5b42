import asyncio

STEP = 0.1


async def worker(number, log):
    try:
        await asyncio.sleep(number * STEP)
    except asyncio.CancelledError:
        log.append("one stops")
        raise
    if number == 2:
        raise ConnectionRefusedError
    log.append(f"{number} is done")


async def gather(log):
    try:
        await asyncio.gather(*[worker(i, log) for i in (1, 2, 3, 4)])
    except ConnectionRefusedError:
        log.append("told")
    await asyncio.sleep(3 * STEP)  # we have something else to do


async def boss(group, log):
    await asyncio.sleep(STEP / 2)
    for number in 3, 4:
        group.create_task(worker(number, log))


async def group(log):
    try:
        async with asyncio.TaskGroup() as team:
            for number in 1, 2:
                team.create_task(worker(number, log))
            team.create_task(boss(team, log))
    except* ConnectionRefusedError:
        log.append("told")
    await asyncio.sleep(3 * STEP)


async def gather_and_leave(log):
    try:
        await asyncio.gather(*[worker(i, log) for i in (1, 2, 3, 4)])
    except ConnectionRefusedError:
        log.append("told")
    # asyncio.run ends here: what is still running is cancelled


for variant in gather, group, gather_and_leave:
    log = []
    asyncio.run(variant(log))
    print(f"{variant.__name__}: {', '.join(log)}")
