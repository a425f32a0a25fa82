"""Reads "count times" from each line, runs as many groups of that size, answers with a line."""
import asyncio
import sys


async def nothing():
    pass


async def run(count, times):
    for _ in range(times):
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(nothing())


for line in sys.stdin:
    count, times = map(int, line.split())
    asyncio.run(run(count, times))
    print("done", flush=True)
