import type { SegmentGroup, SegmentPreview } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Panel } from '../../../../ui/panel.js';
import { useCommonWords } from '../../../../ui/words.js';
import { previewQuery } from '../api/segments.js';
import { completeOf, openConditions } from '../rule-draft.js';
import { useWords } from '../words.js';
import styles from './segments.module.css';

/** Milliseconds of rest after the last change, then it is counted. */
const restMs = 250;

function useAtRest<Value>(value: Value): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/** How many customers the rule finds, what they are worth, and the most valuable of them; counted anew as one writes. */
export function RulePreview({ rule }: { rule: SegmentGroup }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(previewQuery(useAtRest(completeOf(rule))));
  const { data } = query;
  const clv = data?.clv ?? null;
  const allClv = data?.allClv ?? null;
  const open = openConditions(rule).length;
  const share = (part: number, all: number) => (all > 0 ? f.percent(part / all, 1) : '–');
  return (
    <Panel
      title={t('segments.found')}
      hint={open > 0 ? t('segments.openConditions', { count: open }) : undefined}
    >
      <div className={styles['stack']} aria-live="polite">
        {query.isError ? <ErrorState error={query.error} size="band" /> : null}
        <MetricRow>
          <Metric
            label={t('segments.customers')}
            loading={data === undefined}
            value={data === undefined ? '' : f.count(data.customers)}
            {...(data === undefined
              ? {}
              : { intervalText: t('segments.ofAll', { share: share(data.customers, data.allCustomers) }) })}
          />
          <Metric
            label={t('segments.value')}
            loading={data === undefined}
            value={clv === null ? '–' : f.valueShort(clv)}
            {...(clv === null || allClv === null
              ? {}
              : { intervalText: t('segments.ofAll', { share: share(clv, allClv) }) })}
          />
        </MetricRow>
        {data && data.items.length > 0 ? <Members items={data.items} /> : null}
        {data && data.customers === 0 ? <p className={styles['note']}>{t('segments.nobody')}</p> : null}
      </div>
    </Panel>
  );
}

function Members({ items }: { items: SegmentPreview['items'] }) {
  const t = useWords();
  const c = useCommonWords();
  const f = useFormats();
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']} aria-label={t('segments.members')}>
        <thead>
          <tr>
            <th scope="col">{t('segments.customer')}</th>
            <th scope="col">{t('segments.field.stage')}</th>
            <th scope="col" className={styles['figure']}>
              {t('segments.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.customerId}>
              <td>
                <CustomerLink to={`/customers/${item.customerId}`}>{item.name}</CustomerLink>
              </td>
              <td>{item.stage === null ? '–' : c(`stage.${item.stage}`)}</td>
              <td className={styles['figure']}>{item.clv === null ? '–' : f.valueShort(item.clv)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
