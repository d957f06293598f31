"""One cold start: ``python cold_probe.py REPORT_FD MODULE`` with the event on standard input.

It imports a handler and calls it once, as a new Lambda container does, and writes what the
handler returned and what it took to the file descriptor, as JSON.
"""

import importlib
import json
import os
import sys
import time


def main() -> None:
    event = json.loads(sys.stdin.readline())
    handler = importlib.import_module(sys.argv[2]).handler
    import_s = time.process_time()
    returned = handler(event, None)
    cpu_s = time.process_time()
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - pathlib costs
        peak_kb = next(int(it.split()[1]) for it in status if it.startswith("VmHWM"))
    report = {
        "returned": returned,
        "import_s": import_s,
        "cpu_s": cpu_s,
        "peak_mb": peak_kb / 1024,
    }
    with os.fdopen(int(sys.argv[1]), "w") as out:
        json.dump(report, out)


if __name__ == "__main__":
    main()
