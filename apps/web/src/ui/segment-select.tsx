import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { segmentsQuery } from '../lib/segments.js';
import { useCan } from '../lib/session.js';
import { useCommonWords } from './words.js';

interface SegmentSelectProps {
  value: number | undefined;
  onChange: (segmentId: number | undefined) => void;
}

/**
 * The members of one segment in the place of everybody; not shown where there is none to choose. While they are on their
 * way its place is held: on a phone it is a line of its own, and the page below it jumped.
 */
export function SegmentSelect({ value, onChange }: SegmentSelectProps) {
  const t = useCommonWords();
  const query = useQuery({ ...segmentsQuery, enabled: useCan('segments:read') });
  const segments = query.data?.items.filter(({ isUsable }) => isUsable) ?? [];
  if (segments.length === 0 && !query.isLoading) return null;
  return (
    <Select<number>
      aria-label={t('common.segment')}
      placeholder={t('common.allCustomers')}
      allowClear
      disabled={query.isLoading}
      popupMatchSelectWidth={false}
      style={{ minWidth: 160 }}
      value={value ?? null}
      options={segments.map(({ segmentId, name }) => ({ value: segmentId, label: name }))}
      onChange={(segmentId?: number | null) => onChange(segmentId ?? undefined)}
    />
  );
}
