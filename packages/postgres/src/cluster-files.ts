import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name of PostgreSQL's own administrator in the folder's cluster. */
export const superuser = 'postgres';

/** What stands in the folder of one PostgreSQL. */
export function pathsOf(folder: string) {
  return {
    cluster: join(folder, 'cluster'),
    unfinished: join(folder, 'cluster.new'),
    secret: join(folder, 'secret.json'),
    running: join(folder, 'running.json'),
    log: join(folder, 'postgres.log'),
    pid: join(folder, 'cluster', 'postmaster.pid'),
  };
}

export type ClusterPaths = ReturnType<typeof pathsOf>;

function writeAside(path: string, text: string): void {
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, text, { mode: 0o600, flush: true });
  renameSync(aside, path);
}

/** The random password of the cluster, made once and readable by the owner of the folder alone. */
export function readOrMakeSecret(paths: ClusterPaths): string {
  if (existsSync(paths.secret)) return readSecret(paths);
  const secret = randomBytes(24).toString('base64url');
  writeAside(paths.secret, JSON.stringify({ secret }));
  return secret;
}

export function readSecret(paths: ClusterPaths): string {
  return (JSON.parse(readFileSync(paths.secret, 'utf8')) as { secret: string }).secret;
}

export function writeRunning(paths: ClusterPaths, running: { port: number; pid: number }): void {
  writeAside(paths.running, JSON.stringify(running));
}

export function readRunning(paths: ClusterPaths): { port: number; pid: number } | null {
  if (!existsSync(paths.running)) return null;
  return JSON.parse(readFileSync(paths.running, 'utf8')) as { port: number; pid: number };
}

export function forgetRunning(paths: ClusterPaths): void {
  rmSync(paths.running, { force: true });
}

/** The last lines that PostgreSQL wrote, for a message to a reader. */
export function tailOfLog(paths: ClusterPaths, lines = 4): string {
  if (!existsSync(paths.log)) return '';
  return readFileSync(paths.log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

export function urlOf(secret: string, port: number): string {
  return `postgresql://${superuser}:${secret}@127.0.0.1:${port}/postgres`;
}
