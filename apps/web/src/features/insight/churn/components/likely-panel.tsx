import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { churnCustomersQuery } from '../api/churn.js';
import { useWords } from '../words.js';
import styles from './churn.module.css';
import { useReasonWords } from './use-reason-words.js';

/** The customers whom the reader may see, the likeliest to fall silent first. */
export function LikelyPanel() {
  const t = useWords();
  const f = useFormats();
  const said = useReasonWords();
  const query = useInfiniteQuery(churnCustomersQuery);
  return (
    <Panel title={t('churn.likely')} hint={t('churn.likelyHint')} padding="none">
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={6} columns={4} />}
        empty={(data) => data.pages[0]?.items.length === 0}
        emptyView={<EmptyState picture="chart" title={t('churn.nobody')} text={t('churn.nobodyText')} />}
      >
        {(data) => (
          <div className={styles['scroll']}>
            <table className={styles['table']}>
              <thead>
                <tr>
                  <th scope="col">{t('churn.customer')}</th>
                  <th scope="col">{t('churn.probability')}</th>
                  <th scope="col">{t('churn.why')}</th>
                  <th scope="col">{t('churn.owner')}</th>
                  <th scope="col">{t('churn.value')}</th>
                </tr>
              </thead>
              <tbody>
                {data.pages
                  .flatMap((page) => page.items)
                  .map(({ customerId, name, probability, reasons, ownerName, clv }) => (
                    <tr key={customerId}>
                      <th scope="row">
                        <AppLink to={`/customers/${customerId}`}>{name}</AppLink>
                      </th>
                      <td>
                        <DataBar value={probability} max={1} tone="risk">
                          {f.percent(probability, 0)}
                        </DataBar>
                      </td>
                      <td className={styles['why']}>
                        {reasons
                          .filter(({ contribution }) => contribution > 0)
                          .map(said)
                          .join(t('churn.and'))}
                      </td>
                      <td>{ownerName ?? '–'}</td>
                      <td>{clv === null ? '–' : f.moneyShort(f.minorOf(clv))}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        )}
      </QueryView>
      <MoreRows query={query} />
    </Panel>
  );
}
