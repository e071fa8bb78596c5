import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import { findRunningPostgres, openPostgres, type Postgres } from '@kezi/postgres';
import type { Config } from '../config.js';
import { makeSecretBox, type SecretBox } from './auth/secret-box.js';
import { isConnectionError } from './db/connection-errors.js';
import type { DatabaseAddress } from './db/database-address.js';
import { prepareCompanyDatabase, prepareOwnDatabase } from './db/open-database.js';
import type { Folders } from './platform.js';

/** The random word of the data folder from which passwords of the database and the signature of sessions are derived. */
function readOrMakeSecret(folder: string): string {
  const path = join(folder, 'secret.json');
  if (!existsSync(path)) {
    const aside = `${path}.new`;
    const secret = randomBytes(32).toString('base64url');
    writeFileSync(aside, JSON.stringify({ secret }), { mode: 0o600, flush: true });
    renameSync(aside, path);
  }
  return (JSON.parse(readFileSync(path, 'utf8')) as { secret: string }).secret;
}

const markKeysFile = (folder: string) => join(folder, 'mark-keys.json');

/** The keys of marks that came with restored backups. */
function readMarkKeys(folder: string): string[] {
  const path = markKeysFile(folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { markKeys: string[] }).markKeys : [];
}

/** Keeps the keys of marks that came with a backup. */
export function keepMarkKeys(folder: string, markKeys: readonly string[]): void {
  const all = [...new Set([...readMarkKeys(folder), ...markKeys])];
  const aside = `${markKeysFile(folder)}.new`;
  writeFileSync(aside, JSON.stringify({ markKeys: all }), { mode: 0o600, flush: true });
  renameSync(aside, markKeysFile(folder));
}

/** Seals, signs and marks with the secret of the data folder. */
export const openSecretBox = ({ folders, secret }: Pick<OpenedData, 'folders' | 'secret'>): SecretBox =>
  makeSecretBox(secret, readMarkKeys(folders.data));

/**
 * Makes the folders of the data folder where they are absent.
 * @throws CodedError app.data_folder_refused, app.disk_full
 */
export function prepareFolders(dataFolder: string): Folders {
  const folders = {
    data: dataFolder,
    lake: join(dataFolder, 'lake'),
    files: join(dataFolder, 'files'),
    temp: join(dataFolder, 'temp'),
  };
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
    // PostgreSQL's user has to pass through when we are root; what is inside is closed to others one by one.
    if (process.getuid?.() === 0 && (statSync(dataFolder).mode & 0o001) === 0) chmodSync(dataFolder, 0o711);
    for (const folder of [folders.lake, folders.files, folders.temp])
      mkdirSync(folder, { mode: 0o700, recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new CodedError('app.disk_full', { folder: dataFolder }, { cause: error });
    throw new CodedError(
      'app.data_folder_refused',
      { folder: dataFolder, reason: code ?? '' },
      { cause: error },
    );
  }
  return folders;
}

export interface OpenedData {
  folders: Folders;
  address: DatabaseAddress;
  secret: string;
  close: () => Promise<void>;
}

interface OpenDataOptions {
  /** True for commands that may work beside a running server; its PostgreSQL is used then and left alone. */
  mayShare?: boolean;
  /** True for commands that work on what is there: in a folder that was mistyped they make nothing. */
  mustExist?: boolean;
  onTrouble?: (what: string, error?: unknown) => void;
}

/**
 * Refuses a folder in which no Kezi has worked, before anything is made in it: a backup of a mistyped folder would come out
 * well, and hold nothing.
 * @throws CodedError app.data_folder_empty
 */
export function mustHoldData({ databaseUrl, dataFolder }: Config): void {
  if (databaseUrl === undefined && !existsSync(join(dataFolder, 'postgres', 'cluster')))
    throw new CodedError('app.data_folder_empty', { folder: dataFolder });
}

/** Opens the data folder: its folders, its secret, and the database (its own, or the company's). */
export async function openData(config: Config, options: OpenDataOptions = {}): Promise<OpenedData> {
  if (options.mustExist) mustHoldData(config);
  const folders = prepareFolders(config.dataFolder);
  const secret = readOrMakeSecret(config.dataFolder);
  if (config.databaseUrl !== undefined) {
    const address = await prepareCompanyDatabase(config.databaseUrl, config.databaseAppUrl, secret);
    return { folders, address, secret, close: () => Promise.resolve() };
  }
  const folder = join(config.dataFolder, 'postgres');
  const running = options.mayShare ? await findRunningPostgres(folder) : null;
  if (running) {
    const address = await prepareOwnDatabase(running.url, secret).catch((error: unknown) => {
      // It was killed, and whoever runs it starts it again.
      if (!isConnectionError(error)) throw error;
      throw new CodedError('app.database_unavailable', {}, { cause: error });
    });
    return { folders, address, secret, close: () => Promise.resolve() };
  }
  const { onTrouble } = options;
  const opening = openPostgres({ folder, ...(onTrouble ? { onTrouble } : {}) });
  const postgres = await opening.catch((error: unknown) => {
    // Readers know the data folder, not the one inside it that PostgreSQL lives in.
    if (error instanceof CodedError && error.code === 'postgres.folder_in_use') {
      throw new CodedError('postgres.folder_in_use', { folder: config.dataFolder }, { cause: error });
    }
    throw error;
  });
  return finishOpening(postgres, folders, secret);
}

async function finishOpening(postgres: Postgres, folders: Folders, secret: string): Promise<OpenedData> {
  try {
    // What a killed program left half written; nobody else works here now.
    rmSync(folders.temp, { recursive: true, force: true });
    mkdirSync(folders.temp, { mode: 0o700 });
    const address = await prepareOwnDatabase(postgres.url, secret);
    return { folders, address, secret, close: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
