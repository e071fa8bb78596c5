import { serviceClockStates, type ServiceClockQuery } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { clocksOfQuery, clocksQuery } from '../api/clocks.js';
import { useWords } from '../words.js';
import { ClockTable } from './clock-table.js';
import styles from './tiers.module.css';

/** What the customers whom one sees wait for: all of them, or those of a segment. */
export function ClocksPanel({ segmentId }: { segmentId: number | undefined }) {
  const t = useWords();
  const f = useFormats();
  const [state, setState] = useState<ServiceClockQuery['state']>('running');
  const query = useQuery(clocksQuery(state, segmentId));
  useEvents(['clock.changed'], () => void query.refetch());
  const { total } = query.data ?? {};
  const count = { running: total?.running ?? 0, late: total?.late ?? 0, all: 0 };
  return (
    <Panel
      title={t('tiers.clocks')}
      hint={t('tiers.clocksHint')}
      padding="none"
      extra={
        <Segmented
          size="small"
          aria-label={t('tiers.clocks')}
          value={state}
          onChange={setState}
          options={serviceClockStates.map((value) => ({
            value,
            label: t(`tiers.clockState.${value}`, { count: f.count(count[value]) }),
          }))}
        />
      }
    >
      <QueryView
        query={query}
        empty={({ items }) => items.length === 0}
        emptyView={<p className={styles['empty']}>{t('tiers.noClocks')}</p>}
      >
        {({ items }) => <ClockTable items={items} showsCustomer />}
      </QueryView>
    </Panel>
  );
}

/** What one customer waits for and waited for; nothing where it never asked. */
export function CustomerClocks({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useQuery(clocksOfQuery(customerId));
  useEvents(['clock.changed'], () => void query.refetch());
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('tiers.clocks')} hint={t('tiers.clocksHint')} padding="none">
      <ClockTable items={items} showsCustomer={false} />
    </Panel>
  );
}
