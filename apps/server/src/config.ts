import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** What may be said in the environment. Everything has a sensible default. */
const environment = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_APP_URL: postgresUrl.optional(),
  /** The address at which people reach Kezi when it stands behind another server, such as https://kezi.example.com. */
  KEZI_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Addresses of the servers in front whose word about the client's address is taken. */
  KEZI_TRUST_PROXY: z.string().optional(),
  /** Seals and opens backups, where the command names no file with a passphrase. */
  KEZI_BACKUP_PASSPHRASE: z.string().optional(),
  KEZI_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** How much is taken on at once; what is beyond is turned away with 429 or 503 and told to come again. */
interface LoadLimits {
  /** Connections to the database that answer requests. One user takes a quarter of them at most. */
  connections: number;
  /** Transactions that may wait for a connection: they are through in some 50 ms. */
  waiting: number;
  /** Requests of one caller under way at once. A page sends ten. */
  perCaller: number;
  /** Mean delay of the event loop, in each of three seconds on end. A page is of no use to anybody beyond it. */
  loopDelayMs: number;
}

export interface Config {
  host: string;
  port: number;
  dataFolder: string;
  /** Folder of the built web pages; they are not served when it is absent. */
  webFolder: string;
  databaseUrl: string | undefined;
  databaseAppUrl: string | undefined;
  publicUrl: string | undefined;
  trustProxy: string | undefined;
  backupPassphrase: string | undefined;
  logLevel: string;
  load: LoadLimits;
}

export interface ConfigOptions {
  host?: string;
  port?: number;
  dataFolder?: string;
  backupPassphrase?: string;
}

const load: LoadLimits = { connections: 20, waiting: 40, perCaller: 100, loopDelayMs: 1000 };

const defaultWebFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));

/**
 * The one place where the environment is read.
 * @throws CodedError app.config_invalid naming everything that is wrong at once
 */
export function readConfig(options: ConfigOptions = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new CodedError('app.config_invalid', { problems: problems.join('\n') });
  }
  const words = parsed.data;
  return {
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 7300,
    dataFolder: resolve(options.dataFolder ?? 'data'),
    webFolder: defaultWebFolder,
    databaseUrl: words.DATABASE_URL,
    databaseAppUrl: words.DATABASE_APP_URL,
    publicUrl: words.KEZI_PUBLIC_URL,
    trustProxy: words.KEZI_TRUST_PROXY,
    backupPassphrase: options.backupPassphrase ?? words.KEZI_BACKUP_PASSPHRASE,
    logLevel: words.KEZI_LOG_LEVEL,
    load,
  };
}
