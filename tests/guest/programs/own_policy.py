# needs: 3.11
# A policy of the program's own makes the loop, and a factory the tasks.
import asyncio


class Loop(asyncio.SelectorEventLoop):
    pass


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        print("a new loop")
        return Loop()


def factory(loop, coro, context=None):
    print("a new task")
    return asyncio.Task(coro, loop=loop)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(factory)
    print(type(loop).__name__)
    task = asyncio.create_task(asyncio.sleep(0.1, "slept"), name="nap")
    print(task.get_name(), await task)


asyncio.set_event_loop_policy(Policy())
asyncio.run(main())
