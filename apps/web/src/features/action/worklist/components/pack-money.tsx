import type { NegotiationPack } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';
import styles from './pack.module.css';

/** What was bought and at which price, what is owed, and what was agreed. */
export function PackMoney({ pack }: { pack: NegotiationPack }) {
  const t = useWords();
  const f = useFormats();
  const { year, payments, products, contracts } = pack;
  const money = (minor: number | null) =>
    minor === null ? '–' : f.moneyShort(minor, undefined, { sign: true });
  const price = (minor: number | null) => (minor === null ? '–' : f.money(minor));
  const percent = (share: number | null) => (share === null ? '–' : f.percent(share));
  const rate = (margin: number | null, amount: number | null) =>
    percent(margin === null || amount === null || amount <= 0 ? null : margin / amount);
  const facts: readonly (readonly [string, string])[] = [
    [t('pack.orders'), f.count(year.orders)],
    [
      t('pack.amount'),
      t('pack.nowBefore', { now: money(year.amountMinor), before: money(year.amountBeforeMinor) }),
    ],
    [
      t('pack.margin'),
      t('pack.nowBefore', {
        now: rate(year.marginMinor, year.amountMinor),
        before: rate(year.marginBeforeMinor, year.amountBeforeMinor),
      }),
    ],
    [t('pack.service'), money(year.serviceMarginMinor)],
    [t('pack.open'), money(payments.openMinor)],
    [t('pack.overdue'), money(payments.overdueMinor)],
    [t('pack.oldest'), f.count(payments.oldestDays)],
    [t('pack.delay'), payments.meanDelayDays === null ? '–' : f.decimal(payments.meanDelayDays, 1)],
    [t('pack.late'), payments.lateShare === null ? '–' : f.percent(payments.lateShare, 0)],
  ];
  return (
    <>
      <Panel title={t('pack.money')}>
        <dl className={styles['facts']}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={t('pack.products')} padding="none">
        <div className={styles['scroll']}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('pack.product')}</th>
                <th scope="col">{t('pack.amount')}</th>
                <th scope="col">{t('pack.share')}</th>
                <th scope="col">{t('pack.priceBefore')}</th>
                <th scope="col">{t('pack.price')}</th>
                <th scope="col">{t('pack.change')}</th>
              </tr>
            </thead>
            <tbody>
              {products.map((product) => (
                <tr key={product.name}>
                  <td>{product.name}</td>
                  <td>{money(product.amountMinor)}</td>
                  <td>{f.percent(product.share, 0)}</td>
                  <td>{price(product.priceBeforeMinor)}</td>
                  <td>{price(product.priceMinor)}</td>
                  <td>{percent(product.priceChange)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <Panel title={t('pack.contracts')}>
        {contracts.length === 0 ? <p className={styles['soft']}>{t('pack.none')}</p> : null}
        <ul className={styles['list']}>
          {contracts.map((contract) => (
            <li key={contract.contractNo}>
              <strong>{contract.title}</strong>
              {` ${contract.contractNo} `}
              <Tag tone={contract.stage === 'ending' ? 'warn' : 'neutral'}>
                {t(`pack.stage.${contract.stage}`)}
              </Tag>
              <p className={styles['soft']}>
                {[
                  `${f.date(contract.startsOn)} – ${contract.endsOn === null ? '–' : f.date(contract.endsOn)}`,
                  contract.minimumMinor === null
                    ? ''
                    : `${t('pack.minimum')} ${f.money(contract.minimumMinor, contract.currency)}`,
                  contract.paymentDays === null ? '' : t('pack.paymentDays', { days: contract.paymentDays }),
                  contract.terms ?? '',
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
