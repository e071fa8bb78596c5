import type { ValuationRun } from '@kezi/contract';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';

const tones = {
  waiting: 'neutral',
  running: 'accent',
  published: 'good',
  failed: 'bad',
  cancelled: 'neutral',
} as const;

export function RunStatus({ run }: { run: Pick<ValuationRun, 'status'> }) {
  const t = useWords();
  return (
    <span>
      <Tag tone={tones[run.status]}>{t(`valuation.status.${run.status}`)}</Tag>
    </span>
  );
}
