import { createHash } from 'node:crypto';
import { statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@kezi/contract/errors';

interface FolderLock {
  release: () => Promise<void>;
}

/** The name of the lock comes from device and inode, so that one folder reached by two paths has one lock. */
function lockAddress(folder: string): string {
  const { dev, ino } = statSync(folder);
  const name = `kezi-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', fail);
    server.listen(address, () => {
      server.unref();
      done(server);
    });
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

/**
 * One program a folder. The lock is a local socket, which the system frees when its holder dies in whatever way; a lock
 * file would outlive a kill -9 and have to be guessed about. A program that was killed holds it until the system has
 * cleared it away, hence the patience.
 * @throws CodedError postgres.folder_in_use
 */
export async function lockFolder(folder: string, patienceMs = 2500): Promise<FolderLock> {
  const address = lockAddress(folder);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      const server = await listen(address);
      return { release: () => new Promise((done) => server.close(() => done())) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      // Where the socket is a file (macOS) it stays behind after a kill -9: nobody answers on it.
      const isFile = address.startsWith('/');
      if (isFile && !(await answers(address))) unlinkSync(address);
      else if (performance.now() > deadline) {
        throw new CodedError('postgres.folder_in_use', { folder }, { cause: error });
      } else await sleep(50);
    }
  }
}
