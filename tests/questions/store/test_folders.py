"""Where a SQLite file should not lie."""

from pathlib import Path

import pytest

from questions.store.folders import hazard

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
host:/export /srv nfs4 rw 0 0
/dev/sdb1 /srv/local xfs rw 0 0
ana@host: /home/ana/far\040away fuse.sshfs rw 0 0
/dev/sdc1 /twice cifs rw 0 0
/dev/sdc1 /twice ext4 rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/srv/team.db", "nfs4"), ("/home/ana/far away/deep/team.db", "fuse.sshfs")],
)
def test_a_network_file_system_is_told(path, kind):
    assert f"is a network file system ({kind})" in hazard(Path(path), MOUNTS)


@pytest.mark.parametrize(
    "path", ["/home/ana/team.db", "/srv/local/team.db", "/twice/team.db", "/srvs/team.db"]
)
def test_the_deepest_and_latest_mount_that_holds_the_file_counts(path):
    assert hazard(Path(path), MOUNTS) == ""


@pytest.mark.parametrize(
    "folder", ["OneDrive", "OneDrive - Some Office", "Dropbox", "Nextcloud", "Google Drive"]
)
def test_a_synchronised_folder_is_told(folder):
    said = hazard(Path("/home/ana") / folder / "work" / "team.db")
    assert said.startswith(f"{folder!r} is a synchronised folder")


def test_the_name_of_the_file_says_nothing():
    assert hazard(Path("/home/ana/dropbox.db")) == ""
    assert hazard(Path("/home/ana/my dropbox/a.db")) == ""


def test_nothing_is_said_where_nothing_is_known():
    assert hazard(Path("/srv/team.db")) == ""
