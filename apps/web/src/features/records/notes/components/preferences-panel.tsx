import type { PreferenceProfile } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../../lib/formats.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { preferencesQuery } from '../api/notes.js';
import { useWords } from '../words.js';
import styles from './notes.module.css';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** Below this share a day is no habit: a seventh, and as much again. */
const habit = 2 / 7;

/** What the orders say: favourites, rhythm, price; each with how much it rests on. */
export function PreferencesPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(preferencesQuery(customerId));
  const hint = query.data ? t('notes.fromOrders', { count: f.count(query.data.orders) }) : undefined;
  return (
    <Panel title={t('notes.preferences')} hint={hint}>
      <QueryView
        query={query}
        skeleton={<SkeletonLines n={4} />}
        empty={(data) => data.orders === 0}
        emptyView={<EmptyState title={t('notes.noOrders')} text={t('notes.noOrdersText')} />}
      >
        {(data) => (
          <div className={styles['profile']}>
            <Favourites products={data.products} />
            <div>
              <h3 className={styles['label']}>{t('notes.rhythm')}</h3>
              <Rhythm rhythm={data.rhythm} />
              <h3 className={styles['label']}>{t('notes.price')}</h3>
              <Price price={data.price} />
            </div>
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

function Favourites({ products }: Pick<PreferenceProfile, 'products'>) {
  const t = useWords();
  const f = useFormats();
  if (products.length === 0) return <p className={styles['faint']}>{t('notes.noProducts')}</p>;
  return (
    <div>
      <h3 className={styles['label']}>{t('notes.favourites')}</h3>
      <ul className={styles['favourites']}>
        {products.map((product) => (
          <li key={product.productId}>
            <span className={styles['title']}>{product.name}</span>
            <DataBar value={product.share} max={1}>
              {f.percent(product.share, 0)}
            </DataBar>
            <span className={styles['faint']}>{t('notes.inOrders', { count: f.count(product.orders) })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Rhythm({ rhythm }: Pick<PreferenceProfile, 'rhythm'>) {
  const t = useWords();
  const f = useFormats();
  if (rhythm === null) return <p className={styles['faint']}>{t('notes.rhythmUnknown')}</p>;
  const habits = weekdays.filter((_, place) => (rhythm.weekdays[place] ?? 0) >= habit);
  return (
    <>
      <p>{t('notes.every', { days: f.decimal(rhythm.medianDays, 0) })}</p>
      {habits.length === 0 ? null : (
        <p>{t('notes.mostlyOn', { days: habits.map((day) => t(`notes.weekday.${day}`)).join(' ') })}</p>
      )}
      <p className={styles['faint']}>{t('notes.gaps', { count: f.count(rhythm.gaps) })}</p>
    </>
  );
}

/** Two standard errors: about 95 of 100. */
const sure = 2;

function Price({ price }: Pick<PreferenceProfile, 'price'>) {
  const t = useWords();
  const f = useFormats();
  if (price === null) return <p className={styles['faint']}>{t('notes.priceUnknown')}</p>;
  const { elasticity, error } = price;
  const isSure = Math.abs(elasticity) > sure * error;
  const word = !isSure ? 'notes.priceNone' : elasticity < 0 ? 'notes.priceSensitive' : 'notes.priceOpposite';
  return (
    <>
      <p>{t(word, { percent: f.decimal(Math.abs(elasticity), 1) })}</p>
      <p className={styles['faint']}>
        {t('notes.priceEvidence', {
          lines: f.count(price.lines),
          products: f.count(price.products),
          elasticity: f.decimal(elasticity, 2),
          error: f.decimal(error, 2),
        })}
      </p>
    </>
  );
}
