import type { ImportCounts } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import type { Word } from '../words.js';
import styles from './counts-view.module.css';

interface CountsViewProps {
  counts: ImportCounts;
  /** Whether it is still to happen: words differ. */
  isDone: boolean;
}

const recordKinds = [
  'customers',
  'orders',
  'products',
  'contacts',
  'interactions',
  'notes',
  'contracts',
  'receivables',
  'payments',
] as const;

/** Rows of the file and what becomes of them. */
export function CountsView({ counts, isDone }: CountsViewProps) {
  const t = useWords();
  const f = useFormats();
  const share = counts.read === 0 ? 0 : counts.accepted / counts.read;
  return (
    <MetricRow>
      <Metric label={t('imports.read')} value={f.count(counts.read)} />
      <Metric
        label={t(isDone ? 'imports.accepted.done' : 'imports.accepted')}
        value={f.count(counts.accepted)}
        intervalText={t('imports.share', { percent: f.percent(share) })}
      />
      <Metric
        label={t('imports.rejected')}
        value={<span className={counts.rejected > 0 ? styles['bad'] : ''}>{f.count(counts.rejected)}</span>}
        intervalText={t(counts.rejected > 0 ? 'imports.rejected.kept' : 'imports.rejected.none')}
      />
      {counts.returns === undefined ? null : (
        <Metric
          label={t('imports.returns')}
          value={f.count(counts.returns)}
          intervalText={t('imports.returns.note')}
        />
      )}
    </MetricRow>
  );
}

/** Records that come to be, change, or stay: the numbers behind 'import'. */
export function RecordsPanel({ counts, isDone }: CountsViewProps) {
  const t = useWords();
  const f = useFormats();
  const rows = recordKinds.flatMap((kind) => {
    const record = counts.records[kind];
    return record && record.added + record.changed + record.unchanged > 0 ? [{ kind, ...record }] : [];
  });
  const changes = rows.reduce((sum, row) => sum + row.added + row.changed, 0);
  if (rows.length === 0) return null;
  return (
    <Panel
      title={t(isDone ? 'imports.records.done' : 'imports.records')}
      {...(changes === 0 ? { hint: t('imports.records.nothing') } : {})}
    >
      <table className={styles['records']}>
        <thead>
          <tr>
            <th>
              <span className="kz-unseen">{t('imports.record')}</span>
            </th>
            <th>{t('imports.added')}</th>
            <th>{t('imports.changedRecords')}</th>
            <th>{t('imports.unchanged')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <th scope="row">{t(`imports.record.${row.kind}` as Word)}</th>
              <td className={row.added > 0 ? styles['strong'] : styles['zero']}>{f.count(row.added)}</td>
              <td className={row.changed > 0 ? styles['strong'] : styles['zero']}>{f.count(row.changed)}</td>
              <td className={row.unchanged > 0 ? '' : styles['zero']}>{f.count(row.unchanged)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
