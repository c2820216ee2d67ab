"""Where the store lies: SQLite's promises end at a network drive."""

from pathlib import Path
from typing import Final

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs"}
)
_ESCAPES: Final = (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\"))


def network_drive(path: Path, mounts: str) -> str:
    """The type of network file system that ``path`` (absolute) lies on, or ``""``.

    ``mounts`` is the text of ``/proc/self/mounts`` (proc_pid_mounts(5), fstab(5)). SQLite needs
    locks that such drives do not keep (sqlite.org/faq.html, question 5).
    """
    found: dict[Path, str] = {}
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) >= 3:
            point = fields[1]
            for escape, character in _ESCAPES:
                point = point.replace(escape, character)
            found[Path(point)] = fields[2]  # a later mount hides an earlier one
    kind = next((found[folder] for folder in (path, *path.parents) if folder in found), "")
    return kind if kind in _NETWORK or kind.startswith("fuse.sshfs") else ""
