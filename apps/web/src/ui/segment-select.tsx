import type { Segment } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { segmentsQuery } from '../lib/segments.js';
import { useCan } from '../lib/session.js';
import { useCommonWords } from './words.js';

interface SegmentSelectProps {
  value: number | undefined;
  onChange: (segmentId: number | undefined) => void;
  /** Which may be asked of this list; all that the reader may use where it is left out. */
  fits?: (segment: Segment) => boolean;
}

/**
 * The members of one segment in the place of everybody; not shown where there is none to choose. While they are on their
 * way its place is held: on a phone it is a line of its own, and the page below it jumped.
 */
export function SegmentSelect({ value, onChange, fits }: SegmentSelectProps) {
  const t = useCommonWords();
  const query = useQuery({ ...segmentsQuery, enabled: useCan('segments:read') });
  const segments = query.data?.items.filter((segment) => segment.isUsable && (fits?.(segment) ?? true)) ?? [];
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
