import type { ValuationRun } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { useWords } from '../words.js';
import { RunStatus } from './run-status.js';
import styles from './run-row.module.css';

type Run = Omit<ValuationRun, 'card'>;

export function RunRow({ run }: { run: Run }) {
  const t = useWords();
  const f = useFormats();
  return (
    <li className={styles['row']}>
      <AppLink to={`/value/runs/${run.valuationRunId}`} className={styles['name'] ?? ''}>
        {t('valuation.asOfDay', { date: f.date(run.asOf) })}
      </AppLink>
      <RunStatus run={run} />
      <span className={styles['figure']}>
        {run.totals === null ? null : (
          <>
            {f.valueShort(run.totals.clv)}
            <small className={styles['between']}>
              {f.moneyBetween(f.minorOf(run.totals.clvLow), f.minorOf(run.totals.clvHigh))}
            </small>
          </>
        )}
      </span>
      <span className={styles['who']}>
        {run.createdByName ?? ''} <DateText value={run.createdAt} relative />
      </span>
    </li>
  );
}
