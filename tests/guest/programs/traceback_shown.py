# What a program prints of an error does not show the recorder.
import asyncio
import traceback


async def fails():
    await asyncio.sleep(0.01)
    raise LookupError("no such key")


async def main():
    try:
        await asyncio.create_task(fails())
    except LookupError:
        text = traceback.format_exc()
        print(text.count("File"), "frames, of the recorder:",
              text.count("looplab"))


asyncio.run(main())
