"""Starts a command and tells what it took: `python -I -S starter.py FD COMMAND…` writes one line of JSON to FD.

To the most that a process has held, Linux counts what the one that started it had held until then. So
commands are started from here, by a process that holds next to nothing.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command to its end; the line has its status, both times and the most memory."""
    told, command = int(sys.argv[1]), sys.argv[2:]
    started = time.perf_counter()
    try:
        process = os.posix_spawnp(
            command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_CLOSE, told)]
        )
    except OSError as error:
        sys.exit(f"{command[0]} did not start: {error}")
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - started
    took = [os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, wall, used.ru_maxrss]
    os.write(told, json.dumps(took).encode())


if __name__ == "__main__":
    main()
