import type { ImportBatch, ImportStatus } from '@kezi/contract';

export const importSteps = ['upload', 'map', 'check', 'import'] as const;
export type ImportStep = (typeof importSteps)[number];

type Known = Pick<ImportBatch, 'status' | 'counts'>;

const settled: Partial<Record<ImportStatus, ImportStep>> = {
  checking: 'check',
  importing: 'import',
  imported: 'import',
  undoing: 'import',
  undone: 'import',
};

/** The step where a batch stands when nobody says otherwise. */
export function stepOfBatch({ status, counts }: Known): ImportStep {
  if (status === 'uploaded') return 'map';
  if (status === 'checked') return 'check';
  // A check leaves no counts when it fails; an import that fails still has those of the check.
  if (status === 'failed') return counts === null ? 'check' : 'import';
  return settled[status] ?? 'import';
}

/** The step to show for what the URL asks: what runs or is over shows itself; until then one may go back. */
export function shownStep(batch: Known, asked: ImportStep | undefined): ImportStep {
  const natural = stepOfBatch(batch);
  if (settled[batch.status] !== undefined || asked === undefined || asked === 'upload') return natural;
  if (asked === 'import' && natural !== 'import') return natural;
  return asked;
}

export function isRunning(status: ImportStatus): boolean {
  return status === 'checking' || status === 'importing' || status === 'undoing';
}
