# A lock around a check and what follows from it, and methods as tasks.
import asyncio


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = asyncio.Lock()

    async def withdraw(self, amount):
        async with self.lock:
            if self.balance < amount:
                print("not enough for", amount)
                return
            await asyncio.sleep(0.1)
            self.balance -= amount
            print("left:", self.balance)


async def main():
    account = Account(100)
    await asyncio.gather(*(account.withdraw(n) for n in (80, 50, 20)))


asyncio.run(main())
