import { CodedError, messageOf, type Language } from '@kezi/contract/errors';
import enUs from './locale/en-US.js';
import zhCn from './locale/zh-CN.js';

type TextKey = keyof typeof zhCn;

/** 0 ok, 1 the work failed, 2 bad usage or input that needs an answer, 3 done with rejected rows. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, rejected: 3 } as const;

// Whoever reads has seen enough (`kezi models eval … | head`): that is no failure, and there is nothing more to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

/** English where the environment asks for it, else Chinese. */
export function languageOf(environment: NodeJS.ProcessEnv): Language {
  const wanted =
    environment['KEZI_LANG'] ||
    environment['LC_ALL'] ||
    environment['LC_MESSAGES'] ||
    environment['LANG'] ||
    '';
  return /^en/i.test(wanted) ? 'en-US' : 'zh-CN';
}

/** A sentence of the command line in the reader's language. */
export function say(language: Language, key: TextKey, params: Record<string, string | number> = {}): string {
  const text = language === 'en-US' ? enUs[key] : zhCn[key];
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** One line for people, never on the pipe that a program reads. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The answer for a program: one line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** The answer for a person: labels, and values beside them. Chinese characters take two places. */
export function printTable(rows: readonly (readonly [string, string])[]): void {
  const widest = Math.max(0, ...rows.map(([label]) => placesOf(label)));
  for (const [label, value] of rows) {
    process.stdout.write(`${label}${' '.repeat(widest - placesOf(label))}  ${value}\n`);
  }
}

/** The answer for a person: rows under a header, columns side by side; numbers stand at the right. */
export function printColumns(rows: readonly (readonly string[])[], atRight: ReadonlySet<number>): void {
  const widest = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => placesOf(row[at] ?? ''))));
  for (const row of rows) {
    const cells = row.map((cell, at) => {
      const blanks = ' '.repeat((widest[at] ?? 0) - placesOf(cell));
      return atRight.has(at) ? blanks + cell : cell + blanks;
    });
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}

/** Places that a text takes on a terminal. */
export function placesOf(text: string): number {
  return Array.from(text).reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\uffe6]/.test(char) ? 2 : 1), 0);
}

/** Causes that a better command line or an answer from the reader cures. */
const usageCodes = new Set<string>([
  'valuation.column_missing',
  'valuation.column_not_guessed',
  'valuation.date_ambiguous',
  'valuation.not_dates',
  'valuation.not_numbers',
  'valuation.calibration_outside',
  'valuation.out_format',
  'valuation.bad_option',
  'valuation.by_and_covariates',
  'valuation.ridge_alone',
  'valuation.too_many_covariates',
  'valuation.model_takes_no_attributes',
  'valuation.attribute_constant',
  'valuation.too_many_levels',
  'valuation.too_many_groups',
  'valuation.attribute_not_of_customer',
  'cli.rejects_ending',
  'cli.written_twice',
  'cli.mapping_invalid',
  'cli.mapping_column',
  'cli.server_address',
  'cli.key_missing',
  'cli.not_a_number',
  'cli.not_an_id',
  'cli.transfer_nothing',
  'cli.transfer_incomplete',
  'models.unknown',
  'models.column_missing',
  'models.flag_missing',
  'churn.label_unclear',
  'churn.options_conflict',
  'churn.one_file',
  'models.flag_not_taken',
  'models.k_too_large',
]);

/** What the system says of a file that the reader named: no defect, and its stack helps nobody. */
function ofFile(error: unknown): unknown {
  const { code = '', path } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  const isTold = ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EROFS', 'EEXIST'].includes(code);
  return isTold && path !== undefined
    ? new CodedError('cli.file_refused', { file: path, reason: code }, { cause: error })
    : error;
}

/** Says what went wrong in the reader's language and gives the exit code for it. */
export function reportError(thrown: unknown, language: Language): number {
  const error = ofFile(thrown);
  if (error instanceof CodedError) {
    note(`${messageOf(error.code, error.params, language)} [${error.code}]`);
    return usageCodes.has(error.code) ? exitCodes.usage : exitCodes.failed;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    note(say(language, 'app.interrupted'));
    return 130;
  }
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.failed;
}
