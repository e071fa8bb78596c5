import type { Config } from '../config.js';
import { openData } from '../platform/data-folder.js';
import { migrate } from '../assemble-server.js';
import { backupData, type BackupReport } from './backup-data.js';
import { restoreData, type RestoreReport } from './restore-data.js';

export { addKey, addUser } from './administer.js';
export { diagnose, type Check } from './diagnose.js';
export { useServer, type ReachedServer } from './use-server.js';

/** Backs up the data folder, beside a running server or alone. */
export async function backup(config: Config, file: string, now: Date): Promise<BackupReport> {
  const data = await openData(config, { mayShare: true });
  try {
    await migrate(data);
    return await backupData(data, file, now);
  } finally {
    await data.close();
  }
}

/** Restores a backup into the data folder, which must be empty and without a server. */
export async function restore(config: Config, file: string): Promise<RestoreReport> {
  const data = await openData(config);
  try {
    return await restoreData(data, file);
  } finally {
    await data.close();
  }
}
