"""One of the random programs of tests/real: any_program.py SEED. For check.py,
which records it."""

import asyncio
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "real"))
import programs


class Run(programs.Run):
    def say(self, text):
        print(text)


async def main():
    await Run().body(programs.Maker(int(sys.argv[1])).program())


asyncio.run(main())
