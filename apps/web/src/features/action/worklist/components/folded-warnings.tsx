import type { FoldedRow, WarningPage } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { foldedQuery } from '../api/warnings.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

/** Warnings over the limit of a detector, in one line that opens into the customers behind it. */
export function FoldedWarnings({
  fold,
  segmentId,
}: {
  fold: WarningPage['folded'][number];
  segmentId: number | undefined;
}) {
  const t = useWords();
  const f = useFormats();
  const words = useWarningWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={styles['fold']} aria-label={t('alerts.foldedList', { name: words.name(fold) })}>
      <div className={styles['foldHead']}>
        <p>
          {t('alerts.folded', {
            name: words.name(fold),
            count: f.count(fold.count),
            value: f.valueShort(fold.valueAtRisk),
          })}
        </p>
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'alerts.foldedHide' : 'alerts.foldedShow')}
        </Button>
      </div>
      {isOpen ? <Behind detectorId={fold.detectorId} segmentId={segmentId} /> : null}
    </section>
  );
}

function Behind({ detectorId, segmentId }: { detectorId: string; segmentId: number | undefined }) {
  const t = useWords();
  const query = useInfiniteQuery(foldedQuery(detectorId, segmentId));
  return (
    <>
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={4} columns={2} />}
        empty={({ pages }) => pages[0]?.items.length === 0}
        emptyView={<p className={styles['more']}>{t('alerts.foldedNone')}</p>}
      >
        {({ pages }) => (
          <ol className={styles['list']}>
            {pages
              .flatMap(({ items }) => items)
              .map((row) => (
                <FoldedLine key={row.customerId} row={row} />
              ))}
          </ol>
        )}
      </QueryView>
      <MoreRows query={query} />
    </>
  );
}

function FoldedLine({ row }: { row: FoldedRow }) {
  const t = useWords();
  const f = useFormats();
  const words = useWarningWords();
  return (
    <li className={styles['item']}>
      <div className={styles['main']}>
        <div className={styles['who']}>
          <CustomerLink to={`/customers/${row.customerId}`}>{row.customerName}</CustomerLink>
          <span className={styles['soft']}>{row.ownerName ?? t('worklist.nobody')}</span>
        </div>
        <p>{words.reason(row)}</p>
      </div>
      <dl className={styles['figures']}>
        <div>
          <dt>{t('worklist.atRisk')}</dt>
          <dd title={f.money(f.minorOf(row.valueAtRisk))}>{f.valueShort(row.valueAtRisk)}</dd>
        </div>
      </dl>
    </li>
  );
}
