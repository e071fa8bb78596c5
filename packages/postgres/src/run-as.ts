import { readFileSync, statSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from '@kezi/contract/errors';

/** How a PostgreSQL program is started on this machine. */
export interface RunAs {
  /** The user PostgreSQL runs as when we are root, which it refuses to be. */
  owner: { uid: number; gid: number } | null;
  command: (program: string, args: readonly string[]) => { file: string; args: string[] };
  /** For spawn() where there is no setpriv to change the user. */
  spawnOptions: { uid?: number; gid?: number };
}

const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));

/** An unprivileged user that this machine has: PostgreSQL's own where Debian made one, else nobody. */
function unprivilegedUser(): { uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields?.[2] && fields[3]) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return { uid: 65_534, gid: 65_534 };
}

/** The nearest folder above `path` that `user` may not pass through, or null. */
function blockedParent(path: string, user: { uid: number; gid: number }): string | null {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return folder;
    if (folder === dirname(folder)) return null;
  }
}

/**
 * As an ordinary user PostgreSQL runs as that user. As root it runs as another user, who must be able to reach the
 * folders: where a parent is closed to others (/root is 0700) it is given the one capability to pass through, and where
 * that is not to be had the folder is named.
 *
 * setpriv asks the kernel to send SIGINT (an orderly stop) to PostgreSQL when this process dies in whatever way.
 * @throws CodedError postgres.folder_unreachable
 */
export function runAs(folders: readonly string[]): RunAs {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) {
    return {
      owner: null,
      spawnOptions: {},
      command: (program, args) =>
        setpriv
          ? { file: setpriv, args: ['--pdeathsig', 'INT', program, ...args] }
          : { file: program, args: [...args] },
    };
  }
  const owner = unprivilegedUser();
  const blocked = folders.map((folder) => blockedParent(folder, owner)).find((folder) => folder !== null);
  if (!setpriv) {
    if (blocked) throw new CodedError('postgres.folder_unreachable', { folder: blocked });
    return {
      owner,
      spawnOptions: owner,
      command: (program, args) => ({ file: program, args: [...args] }),
    };
  }
  const passThrough = blocked ? ['--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search'] : [];
  const user = ['--reuid', String(owner.uid), '--regid', String(owner.gid), '--clear-groups'];
  return {
    owner,
    spawnOptions: {},
    command: (program, args) => ({
      file: setpriv,
      args: [...user, ...passThrough, '--pdeathsig', 'INT', program, ...args],
    }),
  };
}
