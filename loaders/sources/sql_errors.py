"""What goes wrong at a database, in words of ours: drivers' texts quote passwords and values."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from loaders.sources.sql_address import TableAddress
from records.errors import SourceError, XinchaError

_PACKAGES = {
    "psycopg": "psycopg[binary]",
    "psycopg2": "psycopg2-binary",
    "MySQLdb": "mysqlclient",
    "cx_Oracle": "cx_Oracle",
}
"""Where the package is not called as its module."""

_LOGIN = (
    "用户名或密码不对 / the database refuses user or password",
    "检查地址；密码中的 # @ / : % 须写成 %23 %40 %2F %3A %25 / check both, and write these signs so",
)
_NO_DATABASE = (
    "没有这个数据库 / there is no such database",
    "检查地址中的数据库名 / check the name of the database in the address",
)
_FORBIDDEN = (
    "没有读取权限 / this user may not read it",
    "请数据库管理员授予该表的 SELECT 权限 / ask for the SELECT privilege on the table",
)
_VANISHED = (
    "表或列不存在，可能刚被改动 / a table or column does not exist, perhaps it has just been changed",
    "检查表结构后重新装载 / check the table and load it again",
)
_VALUE = (
    "有值无法读取，如 9999 年之后的日期 / a value cannot be read, such as a date after the year 9999",
    "改正该值，或建一个视图把该列转为文本 / correct it, or load a view that casts the column to text",
)
_OPERATION = (
    "该列的类型不能比较大小 / values of this type have no order",
    "用日期、数字或文本列作更新时间列 / choose a column of dates, numbers or text as --updated-column",
)
_UNREACHABLE = (
    "无法连接或打开数据库，或连接中断 / the database cannot be reached or opened, or the connection broke",
    "检查地址、端口、网络、文件权限后重新装载 / check address, port, network and file, and load again",
)
_OTHER = (
    "数据库报错 / the database reports an error",
    "请查看数据库日志 / see the log of the database",
)

_BY_CODE: dict[str | int, tuple[str, str]] = {
    "28P01": _LOGIN, "28000": _LOGIN, "3D000": _NO_DATABASE, "42501": _FORBIDDEN, "42P01": _VANISHED,
    "42703": _VANISHED, "42S02": _VANISHED, "42S22": _VANISHED, "42883": _OPERATION,
    1045: _LOGIN, 1698: _LOGIN, 1049: _NO_DATABASE, 1044: _FORBIDDEN, 1142: _FORBIDDEN, 1143: _FORBIDDEN,
    1146: _VANISHED, 1054: _VANISHED,
}  # fmt: skip
"""SQLSTATE, which PostgreSQL and others give, and the numbers of MySQL and MariaDB."""
_BY_WORDS = (
    (re.compile(r'database ".*" does not exist'), _NO_DATABASE),
    (re.compile(r'password|authentication|认证|pg_hba\.conf|role ".*"', re.IGNORECASE), _LOGIN),
)
"""Failed logins of PostgreSQL come without a code; their words are looked at, never shown."""


@contextmanager
def database_errors(address: TableAddress, after: int = 0) -> Iterator[None]:
    """Raise SourceError for whatever the database, its driver or SQLAlchemy raises inside.

    `after`: the number of rows that had been read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except XinchaError:
        raise
    except Exception as error:  # noqa: BLE001  # drivers raise anything, and their texts stay here
        message, fix = _explained(error)
        where = f"（第 {after} 行之后 / after row {after}）" if after else ""
        raise SourceError(f"{address.shown}{where}：{message}", fix) from None


def _explained(error: Exception) -> tuple[str, str]:
    if isinstance(error, ImportError):
        module = (error.name or "").partition(".")[0]
        return _missing_driver(_PACKAGES.get(module, module))
    if isinstance(error, NoSuchModuleError):
        return _missing_driver("")
    if not isinstance(error, DBAPIError):
        return _VALUE if isinstance(error, (ValueError, ArithmeticError)) else _OTHER
    return _reported(error)


def _missing_driver(package: str) -> tuple[str, str]:
    if package:
        return (
            f"缺少数据库驱动 {package} / the database driver {package} is not installed",
            f".venv/bin/python -m pip install '{package}'",
        )
    return (
        "不认识这种数据库 / no SQLAlchemy dialect for this kind of database is installed",
        "安装该数据库的 SQLAlchemy 方言和驱动 / install the SQLAlchemy dialect and driver of its maker",
    )


def _reported(error: DBAPIError) -> tuple[str, str]:
    original = error.orig
    code = getattr(original, "sqlstate", None) or getattr(original, "pgcode", None)
    if code is None and original is not None and original.args:
        code = original.args[0] if isinstance(original.args[0], int) else None
    if known := _BY_CODE.get(code) if isinstance(code, (str, int)) else None:
        return known
    kind = type(original).__name__
    if kind == "DataError" or (isinstance(code, str) and code.startswith("22")):
        return _VALUE
    if (
        kind in {"OperationalError", "InterfaceError", "DatabaseError"}
        or error.connection_invalidated
    ):
        words = str(original)
        return next((told for pattern, told in _BY_WORDS if pattern.search(words)), _UNREACHABLE)
    return _OTHER
