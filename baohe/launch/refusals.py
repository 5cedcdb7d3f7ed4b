"""Why the platform does not start: one clear sentence each, an exit code of its own, and what to do.

Nothing here touches the data. A script may branch on the exit code; a code never changes its meaning.
"""

from __future__ import annotations

from typing import ClassVar

from baohe.kernel.errors import BaoheError


class Refusal(BaoheError):
    """The launcher stops before it changes anything."""

    code = "not_started"
    exit_code: ClassVar[int] = 1

    def sentence(self) -> str:
        """Both languages, each with what to do now."""
        problem = self.problem()
        return (
            f"{self.message_zh}。{problem['next']['zh']}。\n"
            f"{self.message_en}. {problem['next']['en']}.  (exit code {self.exit_code})"
        )


class PortInUse(Refusal):
    code = "port_in_use"
    exit_code = 10
    zh = "端口 {port} 已被别的程序占用，{whose_zh}开不了门"
    en = "Port {port} is used by another program, and {whose_en} needs it"
    next_zh = "请停掉那个程序，或换一个端口：make run PORT={other}"
    next_en = "Stop that program, or choose another port: make run PORT={other}"


class AlreadyRunning(Refusal):
    code = "already_running"
    exit_code = 11
    zh = "平台已在运行（进程 {pid}，{address}），正在使用数据文件夹 {folder}"
    en = "The platform is already running (process {pid}, {address}) on the data folder {folder}"
    next_zh = "直接打开这个地址即可；要再开一个，请另设 BAOHE_DATA 和端口"
    next_en = "Open that address; for a second platform set another BAOHE_DATA and port"


class NewerDataFolder(Refusal):
    code = "data_folder_newer"
    exit_code = 12
    zh = "数据文件夹 {folder} 由更新的版本写成（格式 {found}，本程序最多认识 {known}）"
    en = "The data folder {folder} was written by a newer version (format {found}, this program knows {known})"
    next_zh = "请用更新的程序打开，数据没有被改动"
    next_en = "Open it with the newer program; nothing in it was changed"


class BrokenDataFolder(Refusal):
    code = "data_folder_broken"
    exit_code = 13
    zh = "数据文件夹 {folder} 不完整或无法读取：{reason_zh}"
    en = "The data folder {folder} is broken or unreadable: {reason_en}"
    next_zh = "请从备份恢复，或用 BAOHE_DATA 指定另一个文件夹；里面的内容没有被改动"
    next_en = "Restore it from a backup, or name another folder by BAOHE_DATA; nothing in it was changed"


class DiskFull(Refusal):
    code = "disk_full"
    exit_code = 14
    zh = "磁盘空间不足：{folder} 只剩 {free_mb} MB，至少需要 {needed_mb} MB"
    en = "The disk is almost full: {free_mb} MB left at {folder}, {needed_mb} MB needed"
    next_zh = "请清出空间，或用 BAOHE_DATA 指定另一块磁盘上的文件夹；数据没有被改动"
    next_en = "Free some space, or name a folder on another disk by BAOHE_DATA; no data was changed"


class DatabaseMissing(Refusal):
    code = "database_missing"
    exit_code = 15
    zh = "没有找到可用的 PostgreSQL 程序（15 到 18）"
    en = "No usable PostgreSQL (15 to 18) was found on this machine"
    next_zh = "请重新运行 make run 装齐依赖，或用 BAOHE_DATABASE_URL 指定数据库服务器"
    next_en = "Run make run again to install it, or name a server by BAOHE_DATABASE_URL"


class DatabaseUnreachable(Refusal):
    code = "database_unreachable"
    exit_code = 16
    zh = "数据库没有启动或连不上：{reason}"
    en = "The database did not start or cannot be reached: {reason}"
    next_zh = "请查看 {where}；数据没有被改动"
    next_en = "Look at {where}; no data was changed"


class UnsafeDurability(Refusal):
    code = "database_unsafe"
    exit_code = 17
    zh = "数据库的 {setting} 为 {value}，断电可能丢失已确认的保单，平台拒绝启动"
    en = "The database has {setting} = {value}, so a power cut could lose confirmed policies; refused to start"
    next_zh = "请{cure_zh}后再启动"
    next_en = "{cure_en}, then start again"


class DatabaseVersion(Refusal):
    code = "database_version"
    exit_code = 18
    zh = "PostgreSQL 版本为 {found}，平台支持 {known}"
    en = "This PostgreSQL is version {found}; the platform works with {known}"
    next_zh = "请换用受支持的版本，数据没有被改动"
    next_en = "Use a supported version; no data was changed"


class PreparationFailed(Refusal):
    code = "preparation_failed"
    exit_code = 19
    zh = "准备数据库时出错：{reason}"
    en = "Preparing the database failed: {reason}"
    next_zh = "每一步都是完整的事务，已有数据没有损坏；请看上面的说明，改好后再启动"
    next_en = "Each step is a transaction of its own and no data was harmed; see the lines above, then start again"


class UnusableAccount(Refusal):
    code = "account_unusable"
    exit_code = 20
    zh = "PostgreSQL 不能以 root 运行，而系统账号 {account} 进不了 {folder}"
    en = "PostgreSQL may not run as root, and the system account {account} cannot enter {folder}"
    next_zh = "请以普通用户运行，或用 BAOHE_DATA 指定它能进入的文件夹，例如 /var/lib/baohe"
    next_en = "Run as an ordinary user, or name a folder it can enter by BAOHE_DATA, such as /var/lib/baohe"


class DidNotAnswer(Refusal):
    code = "server_silent"
    exit_code = 21
    zh = "服务器在 {seconds} 秒内没有应答"
    en = "The server did not answer within {seconds} seconds"
    next_zh = "请查看 {where} 里的原因，再重新启动"
    next_en = "Look at {where} for the reason, then start again"
