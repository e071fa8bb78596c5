import type { NegotiationPack } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useParams } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { packQuery } from '../api/pack.js';
import { PackMoney } from '../components/pack-money.js';
import { PackPeople } from '../components/pack-people.js';
import styles from '../components/pack.module.css';
import { useWords } from '../words.js';

export function prefetch({ client, params }: PrefetchInput) {
  return client.prefetchQuery(packQuery(Number(params['customerId'])));
}

/** Everything that one takes into a negotiation with a customer, on a page that prints. */
export default function Pack() {
  const t = useWords();
  const f = useFormats();
  const customerId = Number(useParams()['customerId']);
  const mayExport = useCan('customers:export');
  const query = useQuery(packQuery(customerId));
  const pack = query.data;
  return (
    <Page
      title={pack === undefined ? t('pack.title') : t('pack.of', { name: pack.name })}
      subtitle={pack === undefined ? undefined : f.date(pack.today)}
      back={`/customers/${customerId}`}
      actions={
        <>
          <Button onClick={() => window.print()}>{t('pack.print')}</Button>
          {mayExport ? (
            <Button type="primary" href={`/api/v1/customers/${customerId}/pack.pdf`} download>
              {t('pack.pdf')}
            </Button>
          ) : null}
        </>
      }
    >
      <QueryView query={query} skeleton={<SkeletonGrid rows={8} columns={3} />}>
        {(found) => (
          <div className={styles['pack']}>
            <WalkAwayPanel pack={found} />
            <PackMoney pack={found} />
            <PackPeople pack={found} />
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles['facts']}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the customer is worth, and how far a price can go, with its reasoning. */
function WalkAwayPanel({ pack }: { pack: NegotiationPack }) {
  const t = useWords();
  const f = useFormats();
  const { score, walkAway } = pack;
  const rate = (value: number | null) => (value === null ? '–' : f.percent(value));
  // A chance is known to the percent at best; a discount is agreed to the tenth.
  const chance = (value: number | null) => (value === null ? '–' : f.percent(value, 0));
  const money = (value: number) => f.valueShort(value);
  return (
    <Panel title={t('pack.walkAway')}>
      {walkAway === null ? (
        <p className={styles['soft']}>{t('pack.unknown')}</p>
      ) : (
        <>
          <MetricRow>
            <Metric label={t('pack.breakEven')} value={rate(walkAway.marginBreakEvenRate)} />
            <Metric label={t('pack.floor')} value={rate(walkAway.marginFloorRate)} />
            <Metric label={t('pack.ceiling')} value={rate(walkAway.ceilingRate)} />
            <Metric label={t('pack.stake')} value={chance(walkAway.clvStake)} />
          </MetricRow>
          <p className={styles['soft']}>
            {t('pack.reasoning', {
              margin: rate(walkAway.marginRate),
              service: rate(walkAway.marginServiceRate),
              floor: rate(walkAway.marginFloorRate),
              stake: chance(walkAway.clvStake),
              breakEven: rate(walkAway.marginBreakEvenRate),
            })}
          </p>
        </>
      )}
      <Facts
        rows={[
          [t('pack.owner'), pack.ownerName ?? '–'],
          [t('pack.tier'), pack.tierName ?? '–'],
          [
            t('pack.clv'),
            score === null || typeof score.clv !== 'number'
              ? '–'
              : t('pack.withRange', {
                  value: money(score.clv),
                  range: f.moneyBetween(f.minorOf(score.clvLow), f.minorOf(score.clvHigh)),
                }),
          ],
          [t('pack.alive'), chance(score?.pAlive ?? null)],
        ]}
      />
    </Panel>
  );
}
