# All the ways to print.
import asyncio
import logging
import sys


async def main():
    print("one", end="")
    await asyncio.sleep(0.01)
    print(" line")
    print()
    print("two\nlines, \"quoted\"\t and \\ and ü ✓")
    sys.stdout.write("written\n")
    sys.stdout.writelines(["a\n", "b\n"])
    sys.stdout.flush()
    sys.stdout.buffer.write("bytes, ü\n".encode())
    sys.stdout.buffer.flush()
    print(sys.stdout.name, sys.stdout.mode, sys.stdout.fileno())
    print(sys.stdout.isatty(), sys.stdout.writable())
    try:
        sys.stdout.write(b"bytes")
    except TypeError as error:
        print(error)
    print("not an error", file=sys.stderr)
    logging.warning("logged")
    print("no end", end="")
    print()


asyncio.run(main())
print("after the run")
