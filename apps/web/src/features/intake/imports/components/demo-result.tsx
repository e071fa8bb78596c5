import type { ImportCounts } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { useWords } from '../words.js';

const kinds = ['customers', 'products', 'orders'] as const;

/** How much of the made-up company there is now. */
export function DemoResult({ counts }: { counts: Partial<Record<string, ImportCounts>> }) {
  const t = useWords();
  const f = useFormats();
  return (
    <MetricRow>
      {kinds.map((kind) => (
        <Metric
          key={kind}
          label={t(`imports.record.${kind}`)}
          value={f.count(counts[kind]?.records[kind]?.added ?? 0)}
          {...(kind === 'customers' ? { to: '/customers' } : {})}
        />
      ))}
    </MetricRow>
  );
}
