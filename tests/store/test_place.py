from pathlib import Path

import pytest

from harvester.store.place import network_drive

MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /srv/data nfs4 rw,vers=4.2 0 0
/dev/vdb /srv/data/local xfs rw 0 0
//server/share /mnt/delad\\040mapp cifs rw 0 0
tmpfs /over tmpfs rw 0 0
user@host: /over fuse.sshfs rw 0 0
"""


@pytest.mark.case("F11")
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/harvester.db", ""),
        ("/srv/data/harvester.db", "nfs4"),
        ("/srv/data/local/harvester.db", ""),
        ("/srv/database/harvester.db", ""),
        ("/mnt/delad mapp/a/harvester.db", "cifs"),
        ("/over/harvester.db", "fuse.sshfs"),
    ],
)
def test_a_store_on_a_network_drive_is_recognised(path, kind):
    """The nearest mount point counts, the last one mounted there, and names may have spaces."""
    assert network_drive(Path(path), MOUNTS) == kind
