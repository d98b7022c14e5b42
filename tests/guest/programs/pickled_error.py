# An error that ends a task can be pickled, and has nothing of the recorder.
import asyncio
import pickle


async def fail():
    raise ValueError("broken")


async def main():
    try:
        await asyncio.create_task(fail())
    except ValueError as error:
        copy = pickle.loads(pickle.dumps(error))
        print(repr(copy), vars(error))


asyncio.run(main())
