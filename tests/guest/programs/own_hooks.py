# status: 1
# Stacks and errors as the program itself looks at them.
import asyncio
import contextlib
import io
import sys
import threading
import traceback


def fail():
    raise ValueError("in a thread")


def hook(kind, error, trace):
    names = [step.name for step in traceback.extract_tb(trace)]
    print("hook:", kind.__name__, error, names[0], names[-1])


async def main():
    stack = traceback.extract_stack()
    print(stack[0].name, stack[-1].name)
    print([step.filename for step in stack if "looplab" in step.filename])
    with contextlib.redirect_stderr(io.StringIO()) as errors:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    print("looplab" in errors.getvalue(), errors.getvalue().splitlines()[-1])
    raise KeyError("main")


sys.excepthook = hook
asyncio.run(main())
