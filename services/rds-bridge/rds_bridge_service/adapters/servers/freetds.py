"""What FreeTDS can be told in a file only: whose certificates it takes.

Without an authority FreeTDS encrypts and takes any certificate; pymssql has no argument for it.
With one it checks the signature, and that the certificate is for the host.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

_SECTION = """\
[{host}]
host = {host}
encryption = require
ca file = {authorities}
check certificate hostname = yes
certificate hostname = {name}
"""

_trusted: dict[str, Path] = {}
"""By host. FreeTDS has one file a process, and reads it at each connection."""


def trust(host: str, authorities: Path | None) -> None:
    """Take a certificate of this host only if one of the authorities in the file has signed it.

    None: it is on this machine, and need not have any.
    """
    if authorities is not None:
        _trusted[host] = authorities
    elif _trusted.pop(host, None) is None:
        return
    new = configuration().with_suffix(".new")
    new.write_text("\n".join(section(*it) for it in _trusted.items()), encoding="utf-8")
    new.replace(configuration())
    # the library's environment: nothing in Python reads it
    os.putenv("FREETDSCONF", str(configuration()))


def section(host: str, authorities: Path) -> str:
    """The part of the file that is about a host."""
    return _SECTION.format(host=host, authorities=authorities, name=certified_name(host))


def certified_name(host: str) -> str:
    """What a certificate for the host has to be for, as FreeTDS compares it.

    It takes a wildcard in what it is told, and none in the certificate; RDS Proxy's has one, for
    the proxies of the account: `*.proxy-abc.us-east-1.rds.amazonaws.com`.
    """
    _, _, domain = host.partition(".")
    return f"*.{domain}" if domain.startswith("proxy-") else host


@cache
def configuration() -> Path:
    """The file, where nobody else can write."""
    folder = Path(tempfile.mkdtemp(prefix="calcutta-freetds-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "freetds.conf"
