import type { Lookalikes, PoachingRisk } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { z } from 'zod';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useSearch } from '../../../../lib/navigate.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { lookalikesQuery, poachingQuery } from '../api/prospects.js';
import styles from '../components/worklist.module.css';
import { useWords } from '../words.js';

const search = z.object({
  show: z.enum(['poaching', 'lookalikes']).catch('poaching'),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});

/** Who may rise, and who may be won over: with reasons, and tried on the past. */
export default function Prospects() {
  const t = useWords();
  const f = useFormats();
  const [{ show, segmentId }, setSearch] = useSearch(search);
  const rising = useQuery(lookalikesQuery(segmentId));
  const poached = useQuery(poachingQuery(segmentId));
  const counted = (key: typeof show, items: readonly unknown[] | undefined) => ({
    value: key,
    label: items === undefined ? t(`prospects.${key}`) : `${t(`prospects.${key}`)} ${f.count(items.length)}`,
  });
  return (
    <Page
      title={t('prospects.title')}
      subtitle={t('prospects.hint')}
      asOf={poached.data?.asOf ?? undefined}
      actions={
        <>
          <SegmentSelect value={segmentId} onChange={(value) => setSearch({ segmentId: value })} />
          <Segmented
            aria-label={t('prospects.show')}
            value={show}
            options={[counted('poaching', poached.data?.items), counted('lookalikes', rising.data?.items)]}
            onChange={(value) => setSearch({ show: value })}
          />
        </>
      }
    >
      {show === 'poaching' ? (
        <Panel title={t('prospects.poaching')} hint={t('prospects.poachingHint')} padding="none">
          <QueryView query={poached} skeleton={<SkeletonGrid rows={6} columns={4} />}>
            {(risk) => <Poaching risk={risk} />}
          </QueryView>
        </Panel>
      ) : (
        <Panel title={t('prospects.lookalikes')} hint={t('prospects.lookalikesHint')} padding="none">
          <QueryView query={rising} skeleton={<SkeletonGrid rows={6} columns={4} />}>
            {(found) => <Rising found={found} />}
          </QueryView>
        </Panel>
      )}
    </Page>
  );
}

function Poaching({ risk }: { risk: PoachingRisk }) {
  const t = useWords();
  const f = useFormats();
  if (risk.items.length === 0)
    return <EmptyState title={t('prospects.none')} text={t('prospects.poachingNone')} />;
  const detailOf = (reason: string, detail: string | number | null) => {
    if (typeof detail === 'number') return f.percent(detail, 0);
    return reason === 'competitor' ? (detail ?? '–') : detail === null ? '–' : f.date(detail);
  };
  return (
    <>
      <PastOfSigns risk={risk} />
      <ol className={styles['list']}>
        {risk.items.map((item) => (
          <li key={item.customerId} className={styles['item']}>
            <div className={styles['main']}>
              <div className={styles['who']}>
                <CustomerLink to={`/customers/${item.customerId}`}>{item.name}</CustomerLink>
                {item.reasons.map(({ reason }) => (
                  <Tag key={reason} tone="warn">
                    {t(`prospects.reason.${reason}`)}
                  </Tag>
                ))}
                <span className={styles['soft']}>{item.ownerName ?? t('worklist.nobody')}</span>
              </div>
              <p className={styles['soft']}>
                {item.reasons
                  .map(({ reason, detail }) =>
                    t(`prospects.detail.${reason}`, { detail: detailOf(reason, detail) }),
                  )
                  .join(' · ')}
              </p>
            </div>
            <dl className={styles['figures']}>
              <div>
                <dt>{t('prospects.value')}</dt>
                <dd>{item.clv === null ? '–' : f.valueShort(item.clv)}</dd>
              </div>
            </dl>
            <AppLink to={`/customers/${item.customerId}/pack`}>{t('pack.open_page')}</AppLink>
          </li>
        ))}
      </ol>
    </>
  );
}

/** How often a sign that was there half a year ago came true, against what happens anyhow. */
function PastOfSigns({ risk }: { risk: PoachingRisk }) {
  const t = useWords();
  const f = useFormats();
  const share = (value: number | null) => (value === null ? '–' : f.percent(value, 0));
  const known = risk.backtest.filter(({ lift }) => lift !== null);
  return (
    <details className={styles['more']}>
      <summary>
        {risk.baseRate === null || known.length === 0
          ? t('prospects.pastUnknown')
          : t('prospects.past', {
              rate: share(risk.baseRate),
              signs: known
                .map(({ sign, lift }) =>
                  t('prospects.pastSign', {
                    sign: t(`prospects.reason.${sign}`),
                    lift: f.decimal(lift ?? 0, 1),
                  }),
                )
                .join(' · '),
            })}
      </summary>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('prospects.sign')}</th>
              <th scope="col">{t('prospects.then')}</th>
              <th scope="col">{t('prospects.lostRate')}</th>
              <th scope="col">{t('prospects.liftName')}</th>
            </tr>
          </thead>
          <tbody>
            {risk.backtest.map((row) => (
              <tr key={row.sign}>
                <td>{t(`prospects.reason.${row.sign}`)}</td>
                <td>{f.count(row.customers)}</td>
                <td>{share(row.rate)}</td>
                <td>{row.lift === null ? '–' : t('prospects.times', { lift: f.decimal(row.lift, 1) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Rising({ found }: { found: Lookalikes }) {
  const t = useWords();
  const f = useFormats();
  const { lack, model, items } = found;
  if (model === null) {
    const text =
      lack === null
        ? t('prospects.lookalikesUnrun')
        : lack.reason === 'history'
          ? t('prospects.lackHistory', { days: f.count(lack.days), needed: f.count(lack.needed) })
          : t('prospects.lackRisen', {
              middle: f.count(lack.middle),
              rose: f.count(lack.rose),
              needed: f.count(lack.needed),
            });
    return <EmptyState title={t('prospects.none')} text={text} />;
  }
  return (
    <>
      <p className={styles['more']}>
        {t('prospects.lift', {
          learnt: f.count(model.learnt),
          rose: f.count(model.rose),
          base: f.percent(model.baseRate),
          top: f.percent(model.topTenthRate),
          lift: f.decimal(model.lift, 1),
        })}
      </p>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('prospects.customer')}</th>
              <th scope="col">{t('prospects.chance')}</th>
              <th scope="col">{t('prospects.value')}</th>
              <th scope="col">{t('prospects.tier')}</th>
              <th scope="col">{t('prospects.owner')}</th>
              <th scope="col">{t('prospects.because')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.customerId}>
                <td>
                  <CustomerLink to={`/customers/${item.customerId}`}>{item.name}</CustomerLink>
                </td>
                <td>{f.percent(item.probability, 0)}</td>
                <td>{item.clv === null ? '–' : f.valueShort(item.clv)}</td>
                <td>{item.tierName ?? '–'}</td>
                <td>{item.ownerName ?? t('worklist.nobody')}</td>
                <td>{item.because.map((feature) => t(`prospects.feature.${feature}`)).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
