import type { Config } from '../config.js';
import { openData } from '../platform/data-folder.js';
import { migrate } from '../assemble-server.js';
import { backupData, type BackupReport } from './backup-data.js';
import { restoreData, type RestoreReport } from './restore-data.js';
import { verifyBackup } from './verify-backup.js';

export { addKey, addUser, endKey, helpUser, listKeysOf, type UserHelp } from './administer.js';
export { diagnose, type Check } from './diagnose.js';
export { verifyAudit } from './verify-audit.js';
export { useServer, type ReachedServer } from './use-server.js';

/** Backs up the data folder, beside a running server or alone. */
export async function backup(config: Config, file: string, now: Date): Promise<BackupReport> {
  const data = await openData(config, { mayShare: true, mustExist: true });
  try {
    await migrate(data);
    return await backupData(data, file, now, config.backupPassphrase);
  } finally {
    await data.close();
  }
}

/**
 * Restores a backup into the data folder, which must be empty and without a server. The backup is read through before:
 * with a file that does not hold nothing is begun.
 */
export async function restore(config: Config, file: string): Promise<RestoreReport> {
  await verifyBackup(file, config.backupPassphrase);
  const data = await openData(config);
  try {
    return await restoreData(data, file, config.backupPassphrase);
  } finally {
    await data.close();
  }
}
