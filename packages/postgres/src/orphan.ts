import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@kezi/contract/errors';
import type { ClusterPaths } from './cluster-files.js';

/** What kind of process a number names now. A zombie has ended and only waits for its parent. */
type ProcessKind = 'gone' | 'zombie' | 'postgres' | 'other';

function kindOf(pid: number): ProcessKind {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'gone';
  }
  if (process.platform !== 'linux') return 'postgres';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    if (state === 'Z') return 'zombie';
    // setpriv is the name of our own child for the moment before it becomes postgres.
    return name === 'postgres' || name === 'setpriv' ? 'postgres' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
}

function pidIn(paths: ClusterPaths): number | null {
  if (!existsSync(paths.pid)) return null;
  const pid = Number.parseInt(readFileSync(paths.pid, 'utf8').split('\n')[0] ?? '', 10);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/**
 * Ends a PostgreSQL that outlived its program, so that ours can start on the folder. The caller holds the folder's lock,
 * so whatever runs on it has lost its owner. An orderly stop first (10 s), then the quick one that PostgreSQL recovers
 * from at start. The pid file of a process that is not PostgreSQL any more (the number was given again) is removed,
 * because PostgreSQL itself would take it for a live server and refuse.
 * @returns whether there was one
 */
export async function endOrphan(paths: ClusterPaths): Promise<boolean> {
  let found = false;
  const started = performance.now();
  for (let signalled: 'no' | 'fast' | 'immediate' = 'no'; ; await sleep(20)) {
    const pid = pidIn(paths);
    if (pid === null) return found;
    const kind = kindOf(pid);
    const waited = performance.now() - started;
    switch (kind) {
      case 'postgres': {
        found = true;
        if (signalled === 'no') {
          process.kill(pid, 'SIGINT');
          signalled = 'fast';
        } else if (signalled === 'fast' && waited > 10_000) {
          process.kill(pid, 'SIGQUIT');
          signalled = 'immediate';
        } else if (waited > 30_000) throw new CodedError('postgres.orphan_stays', { pid });
        break;
      }
      case 'zombie': {
        // Its parent may reap it in a moment; after three seconds nobody will.
        if (waited > 3000) rmSync(paths.pid, { force: true });
        break;
      }
      case 'gone':
      case 'other': {
        rmSync(paths.pid, { force: true });
        return found;
      }
      default:
        kind satisfies never;
    }
  }
}
