"""Measures concurrent.futures.ProcessPoolExecutor: process_pool.py METHOD; prints a name and a figure a line.

The counterpart of PoolWorkload.java, step by step. Needs nothing but Python's standard library.
"""

import concurrent.futures
import multiprocessing
import os
import signal
import sys
import time

WORKERS = 2
TINY = 20_000
BATCHES = 4
ELEMENTS = 200_000
CHUNK = 100
ROUND_TRIPS = 2_000
PAYLOAD = 8 << 20
PAYLOADS = 12


def square(i):
    return i * i


def length(data):
    return len(data)


def make(size):
    return b"\x01" * size


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def report(name, figure):
    print(name, figure, flush=True)


def median(figures):
    ordered = sorted(figures)
    return ordered[len(ordered) // 2]


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def tiny(pool):
    futures = [pool.submit(square, i) for i in range(TINY)]
    assert sum(future.result() for future in futures) == sum(i * i for i in range(TINY))


def chunked(pool):
    assert sum(pool.map(square, range(ELEMENTS), chunksize=CHUNK)) == sum(i * i for i in range(ELEMENTS))


def arguments(pool, data):
    assert pool.submit(length, data).result() == PAYLOAD


def results(pool):
    assert len(pool.submit(make, PAYLOAD).result()) == PAYLOAD


def crash(context):
    with concurrent.futures.ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        pool.submit(square, 1).result()
        start = time.perf_counter()
        try:
            pool.submit(die).result()
        except concurrent.futures.process.BrokenProcessPool:
            report("crashMillis", (time.perf_counter() - start) * 1e3)
        try:
            pool.submit(square, 2).result()
            report("usableAfterCrash", 1)
        except concurrent.futures.process.BrokenProcessPool:
            report("usableAfterCrash", 0)


def main():
    context = multiprocessing.get_context(sys.argv[1])
    start = time.perf_counter()
    with concurrent.futures.ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        futures = [pool.submit(square, i) for i in range(WORKERS)]
        for future in futures:
            future.result()
        report("startMillis", (time.perf_counter() - start) * 1e3)
        report("tinyPerSecond", TINY / median([timed(lambda: tiny(pool)) for _ in range(BATCHES)]))
        report("chunkedPerSecond", ELEMENTS / median([timed(lambda: chunked(pool)) for _ in range(BATCHES)]))
        report(
            "roundTripMicros",
            1e6 * median([timed(lambda: pool.submit(square, 3).result()) for _ in range(ROUND_TRIPS)]),
        )
        data = make(PAYLOAD)
        report("argumentMibPerSecond", 8 / median([timed(lambda: arguments(pool, data)) for _ in range(PAYLOADS)]))
        report("resultMibPerSecond", 8 / median([timed(lambda: results(pool)) for _ in range(PAYLOADS)]))
    crash(context)


if __name__ == "__main__":
    main()
