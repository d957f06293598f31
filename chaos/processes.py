"""Which process holds the other end of a connection, by what Linux tells in /proc."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
ESTABLISHED = "01"
LOOKS = 3
"""The table of connections is read in pieces: one may be missed while others come and go."""


def holder_of(local_port: int) -> int | None:
    """The process with the end of a TCP connection on 127.0.0.1 that has this port."""
    for _ in range(LOOKS):
        if inode := _inode(local_port):
            folders = (it for it in PROC.iterdir() if it.name.isdigit())
            return next((int(it.name) for it in folders if _holds(it, inode)), None)
    return None


def _holds(process: Path, inode: str) -> bool:
    link = Path(f"socket:[{inode}]")
    # processes and their files come and go meanwhile
    with suppress(OSError):
        for file in (process / "fd").iterdir():
            with suppress(OSError):
                if file.readlink() == link:
                    return True
    return False


def _inode(local_port: int) -> str | None:
    address = f"0100007F:{local_port:04X}"
    for line in (PROC / "net" / "tcp").read_text().splitlines()[1:]:
        fields = line.split()
        # the same port may also be that of a connection elsewhere which has ended
        if fields[1] == address and fields[3] == ESTABLISHED:
            return fields[9]
    return None
