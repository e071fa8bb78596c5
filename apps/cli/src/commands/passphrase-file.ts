import { readFileSync } from 'node:fs';
import { CodedError } from '@kezi/contract/errors';

/**
 * The passphrase of a backup: the first line of a file. On the command line itself everybody on the machine could read it.
 * @throws CodedError backup.passphrase_unreadable
 */
export function readPassphrase(file: string | undefined): { backupPassphrase?: string } {
  if (file === undefined) return {};
  try {
    const [line = ''] = readFileSync(file, 'utf8').split(/\r?\n/);
    return { backupPassphrase: line };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new CodedError('backup.passphrase_unreadable', { file, reason }, { cause: error });
  }
}
