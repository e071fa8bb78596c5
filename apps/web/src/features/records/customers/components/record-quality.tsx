import { customerQuality } from '@kezi/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useFormats } from '../../../../lib/formats.js';
import { useWords } from '../words.js';
import styles from './customer-facts.module.css';

const qualityQuery = (customerId: number, rowVersion: number) =>
  queryOptions({
    queryKey: ['customers', 'quality', customerId, rowVersion],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/quality`, { schema: customerQuality, signal }),
  });

/** How complete and how fresh the record is. */
export function RecordQuality({ customerId, rowVersion }: { customerId: number; rowVersion: number }) {
  const t = useWords();
  const f = useFormats();
  const quality = useQuery(qualityQuery(customerId, rowVersion)).data;
  if (quality === undefined) return null;
  const parts = [
    t('customers.complete', { share: f.percent(quality.completeness / 100, 0) }),
    ...(quality.isStale ? [t('customers.stale', { date: f.date(quality.touchedOn) })] : []),
  ];
  return <p className={styles['footnote']}>{parts.join(' · ')}</p>;
}
