"""Folders and zip archives: every file found, no name trusted, no size believed."""

from __future__ import annotations

import gzip
import os
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from loaders.sources import archives, zip_directory
from loaders.sources.file_names import shown_name
from loaders.sources.files import find_files

CSV = "名称,x\n甲,1\n".encode()


@dataclass
class Found:
    """What was found: content by name, refusals by name, notes."""

    files: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def find(tmp_path: Path, *paths: Path) -> Found:
    found, scratch = Found(), tmp_path / "scratch"
    for file in find_files(paths, scratch, found.notes.append):
        if file.refused:
            assert file.refused.suggestion
            found.refused[file.name] = file.refused.message
        else:
            assert file.name not in found.files
            found.files[file.name] = file.path.read_bytes()
    assert list(scratch.iterdir()) == []
    return found


def zipped(tmp_path: Path, content: Mapping[str, bytes], name: str = "month.zip") -> Path:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in content.items():
            archive.writestr(member, data)
    return path


def patched(path: Path, old: bytes, new: bytes) -> Path:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    return path


def test_members_are_found_by_path_in_order(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"部门/许可.csv": CSV, "a.csv": b"x,y\n"})
    found = find(tmp_path, path)
    assert list(found.files) == ["month.zip/a.csv", "month.zip/部门/许可.csv"]
    assert found.files["month.zip/部门/许可.csv"] == CSV
    assert not found.refused


def test_a_file_packed_by_gzip_is_unpacked_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("企业.csv.gz", "企业.csv"):
        (tmp_path / name).write_bytes(gzip.compress(CSV))
        assert find(tmp_path, tmp_path / name).files == {name: CSV}


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "企业.csv.gz"
    path.write_bytes(gzip.compress(CSV * 1000)[:-20])
    assert "gzip" in find(tmp_path, path).refused[path.name]


@pytest.mark.parametrize("inner", ["zip", "tar"])
def test_an_archive_packed_by_gzip_is_not_read(tmp_path: Path, inner: str) -> None:
    content = b"\0" * 257 + b"ustar" + b"\0" * 250
    if inner == "zip":
        content = zipped(tmp_path, {"a.csv": CSV}).read_bytes()
    path = tmp_path / "all.gz"
    path.write_bytes(gzip.compress(content))
    assert "archive within an archive" in find(tmp_path, path).refused["all.gz"]


def test_a_bomb_packed_by_gzip_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "RATIO_FROM", 1 << 16)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * (4 << 20)))
    assert "packed beyond belief" in find(tmp_path, path).refused["bomb.gz"]


def test_content_decides_what_is_an_archive(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": CSV}, name="月报.xlsx")
    assert list(find(tmp_path, path).files) == ["月报.xlsx/a.csv"]
    workbook = zipped(tmp_path, {"[Content_Types].xml": b"", "xl/workbook.xml": b""}, "x.zip")
    assert list(find(tmp_path, workbook).files) == ["x.zip"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_utf8_flag_are_read_as_chinese(tmp_path: Path, encoding: str) -> None:
    raw = "部门\\许可.csv".encode(encoding)
    path = zipped(tmp_path, {"n" * len(raw): CSV})
    patched(path, b"n" * len(raw), raw)
    assert list(find(tmp_path, path).files) == ["month.zip/部门/许可.csv"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../etc/cron.csv", ".."),
        ("a/../../x.csv", ".."),
        ("/etc/x.csv", "绝对路径"),
        ("C:\\x.csv", "绝对路径"),
        ("..\\x.csv", ".."),
        ("NUL.csv", "设备名"),
        ("com1", "设备名"),
        ("a\x1b[2J.csv", "控制字符"),
    ],
)
def test_unsafe_names_are_refused_one_by_one(tmp_path: Path, name: str, why: str) -> None:
    found = find(tmp_path, zipped(tmp_path, {name: CSV, "good.csv": CSV}))
    assert list(found.files) == ["month.zip/good.csv"]
    (message,) = found.refused.values()
    assert why in message
    assert message.isprintable()
    assert not (tmp_path.parent / "x.csv").exists()


def test_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"none": CSV, "a.csv": CSV})
    content = bytearray(path.read_bytes())
    first = content.index(b"PK\x01\x02")
    # The four bytes of the name become an extra field of an unknown kind.
    content[first + 28 : first + 32] = b"\0\0\x04\0"
    content[first + 46 : first + 50] = b"\x99\x99\0\0"
    path.write_bytes(content)
    assert "没有文件名" in find(tmp_path, path).refused["month.zip/"]


def test_a_name_with_nul_is_refused(tmp_path: Path) -> None:
    path = patched(zipped(tmp_path, {"axcsv.csv": CSV}), b"axcsv", b"a\0csv")
    (message,) = find(tmp_path, path).refused.values()
    assert "控制字符" in message


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    path = tmp_path / "x.zip"
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "不是普通文件" in find(tmp_path, path).refused["x.zip/link.csv"]


def test_an_encrypted_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": CSV, "b.csv": CSV})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    found = find(tmp_path, path)
    assert "加密" in found.refused["month.zip/a.csv"]
    assert list(found.files) == ["month.zip/b.csv"]


def test_a_damaged_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", b"damaged here")
        archive.writestr("b.csv", CSV)
    found = find(tmp_path, patched(path, b"damaged here", b"damaged HERE"))
    assert "损坏" in found.refused["x.zip/a.csv"]
    assert list(found.files) == ["x.zip/b.csv"]


def test_an_unusual_packing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", CSV)
    assert "压缩方式" in find(tmp_path, path).refused["x.zip/a.csv"]


def test_archives_within_archives_are_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path, {"a.csv": CSV}, "inner.zip").read_bytes()
    found = find(tmp_path, zipped(tmp_path, {"inner.zip": inner, "b.csv": CSV}))
    assert "压缩包中的压缩包" in found.refused["month.zip/inner.zip"]
    assert list(found.files) == ["month.zip/b.csv"]


def test_names_that_come_twice_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", CSV)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.csv", b"other,x\n")
    assert find(tmp_path, path).files == {"x.zip/a.csv": CSV, "x.zip/a.csv (2)": b"other,x\n"}


def test_litter_is_told_and_not_refused(tmp_path: Path) -> None:
    names = ("__MACOSX/._a.csv", ".DS_Store", "d/Thumbs.db", "~$a.xlsx", ".git/config")
    found = find(tmp_path, zipped(tmp_path, {**dict.fromkeys(names, b"x"), "a.csv": CSV}))
    assert list(found.files) == ["month.zip/a.csv"]
    assert not found.refused
    (note,) = found.notes
    assert all(name in note for name in names)


def test_an_archive_of_nothing_is_refused(tmp_path: Path) -> None:
    assert "没有可装载" in find(tmp_path, zipped(tmp_path, {})).refused["month.zip"]


def test_a_bomb_is_stopped_while_it_unpacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "RATIO_FROM", 1 << 20)
    found = find(tmp_path, zipped(tmp_path, {"bomb.csv": bytes(8 << 20), "good.csv": CSV}))
    assert "压缩率异常" in found.refused["month.zip"]


def test_a_large_member_is_refused_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 100)
    found = find(tmp_path, zipped(tmp_path, {"a.csv": os.urandom(200), "b.csv": CSV}))
    assert "解压后过大" in found.refused["month.zip/a.csv"]
    assert list(found.files) == ["month.zip/b.csv"]


def test_all_members_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ARCHIVE_LIMIT", 250)
    found = find(tmp_path, zipped(tmp_path, {name: os.urandom(100) for name in "abc"}))
    assert list(found.files) == ["month.zip/a", "month.zip/b"]
    assert "其余文件未读取" in found.refused["month.zip"]


def test_an_honest_table_that_packs_well_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "RATIO_FROM", 1000)
    rows = "".join(
        f"伊川县青禾食品有限公司,{n},罚款人民币贰仟元整\n" for n in range(20_000)
    ).encode()
    assert find(tmp_path, zipped(tmp_path, {"a.csv": rows})).files["month.zip/a.csv"] == rows


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MEMBERS_LIMIT", 2)
    found = find(tmp_path, zipped(tmp_path, dict.fromkeys("abc", CSV)))
    assert "超过 2 个文件" in found.refused["month.zip"]


def test_a_directory_beyond_belief_is_not_even_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_directory, "DIRECTORY_LIMIT", 100)
    found = find(tmp_path, zipped(tmp_path, dict.fromkeys("abc", CSV)))
    assert "文件过多" in found.refused["month.zip"]


def test_folders_are_walked_in_order_with_paths_below_them(tmp_path: Path) -> None:
    root = tmp_path / "报送"
    (root / "b").mkdir(parents=True)
    for name in ("z.csv", "b/y.XLSX", "a.txt", "b/data.bin"):
        (root / name).write_bytes(CSV)
    zipped(root, {"m.csv": CSV}, "c.zip")
    found = find(tmp_path, root)
    assert list(found.files) == ["a.txt", "c.zip/m.csv", "z.csv", "b/data.bin", "b/y.XLSX"]


def test_files_of_other_endings_are_tried_without_complaint(tmp_path: Path) -> None:
    root = tmp_path / "报送"
    root.mkdir()
    (root / "a.csv").write_bytes(CSV)
    (root / "a.docx").write_bytes(CSV)
    meant = {f.name: f.meant for f in find_files([root], tmp_path / "s", print)}
    assert meant == {"a.csv": True, "a.docx": False}


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_bytes(CSV)
    root = tmp_path / "in"
    root.mkdir()
    (root / "link.csv").symlink_to(tmp_path / "outside" / "secret.csv")
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "loop").symlink_to(root)
    (root / "a.csv").write_bytes(CSV)
    (root / "same.csv").symlink_to(root / "a.csv")
    found = find(tmp_path, root)
    assert list(found.files) == ["a.csv", "same.csv"]
    (note,) = found.notes
    assert all(name in note for name in ("link.csv", "folder/", "loop/"))


def test_what_cannot_be_read_is_refused_and_the_rest_found(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "a.csv").write_bytes(CSV)
    found = find(
        tmp_path,
        tmp_path / "none.csv",
        tmp_path / "pipe.csv",
        Path("/dev/zero"),
        tmp_path / "a.csv",
    )
    assert list(found.files) == ["a.csv"]
    assert "无法读取" in found.refused["none.csv"]
    assert "不是普通文件" in found.refused["pipe.csv"]
    assert "不是普通文件" in found.refused["zero"]


def test_a_folder_left_by_a_killed_load_is_removed_and_a_running_one_is_not(
    tmp_path: Path,
) -> None:
    scratch = tmp_path / "scratch"
    for name in (f"{2**22 + 1}-dead", f"{os.getpid()}-alive"):
        (scratch / name).mkdir(parents=True)
        (scratch / name / "member-1").write_bytes(CSV)
    assert list(find_files([], scratch, print)) == []
    assert [folder.name for folder in scratch.iterdir()] == [f"{os.getpid()}-alive"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("许可20260301153000.csv", "许可20260301153000.csv"),
        ("段410329198601010012.csv", "段….csv"),
        ("13800000000.xml", "….xml"),
        ("20261125153000123.xml", "20261125153000123.xml"),
        ("a\nb.csv", "a�b.csv"),
    ],
)
def test_names_are_shown_without_numbers_of_people(name: str, shown: str) -> None:
    assert shown_name(name) == shown
