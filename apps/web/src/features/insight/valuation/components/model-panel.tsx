import type { ValuationCard } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';
import styles from './model-panel.module.css';

/** Both models with their parameters, and how sure each parameter is. */
export function ModelPanel({ card }: { card: ValuationCard }) {
  const t = useWords();
  const f = useFormats();
  return (
    <Panel title={t('valuation.models')} hint={t('valuation.modelsHint')}>
      <FittedModel title={t('valuation.purchaseModel')} model={card.model} />
      <FittedModel title={t('valuation.spendModel')} model={card.spendModel} />
      <KeyValues
        items={[
          { label: t('valuation.timeUnit'), value: t(`valuation.unit.${card.timeUnit}`) },
          {
            label: t('valuation.horizon'),
            value: `${f.count(card.horizon)} ${t(`valuation.span.${card.timeUnit}`)}`,
          },
          { label: t('valuation.discountRate'), value: f.percent(card.discountRate, 0) },
          { label: t('valuation.basis'), value: t(`valuation.basis.${card.valueBasis}`) },
          ...(card.isForever ? [{ label: t('valuation.span'), value: t('valuation.span.forever') }] : []),
        ]}
      />
      {card.costs ? <Deducted costs={card.costs} /> : null}
      {card.ownCreditLoss ? <OwnLosses known={card.ownCreditLoss} /> : null}
    </Panel>
  );
}

/** What was taken from the value of orders, and how much that came to. */
function Deducted({ costs }: { costs: NonNullable<ValuationCard['costs']> }) {
  const t = useWords();
  const f = useFormats();
  const amount = (major: number | null) => (major === null ? '–' : f.money(f.minorOf(major)));
  return (
    <section className={styles['model']}>
      <h3 className={styles['title']}>{t('valuation.deducted')}</h3>
      <KeyValues
        items={[
          { label: t('valuation.cost.share'), value: f.percent(costs.share, 1) },
          { label: t('valuation.cost.perOrder'), value: amount(costs.perOrder) },
          { label: t('valuation.cost.perYear'), value: amount(costs.perYear) },
          { label: t('valuation.cost.creditLoss'), value: f.percent(costs.creditLoss, 1) },
          { label: t('valuation.deducted.gross'), value: amount(costs.grossClv) },
          { label: t('valuation.deducted.serve'), value: amount(costs.costToServe) },
          { label: t('valuation.deducted.loss'), value: amount(costs.creditLossAmount) },
        ]}
      />
    </section>
  );
}

/** Which rates the receivables gave, class by class, or why they gave none. */
function OwnLosses({ known }: { known: NonNullable<ValuationCard['ownCreditLoss']> }) {
  const t = useWords();
  const f = useFormats();
  const { customers, receivables, rates } = known;
  const count = f.count(receivables);
  return (
    <section className={styles['model']}>
      <h3 className={styles['title']}>{t('valuation.ownLoss')}</h3>
      <p className={styles['name']}>
        {rates === null
          ? t('valuation.ownLoss.tooFew', { count })
          : t('valuation.ownLoss.from', { count, customers: f.count(customers) })}
      </p>
      <KeyValues
        items={(rates ?? []).map(({ fromDays, rate }) => ({
          label:
            fromDays === 0
              ? t('valuation.ownLoss.notDue')
              : t('valuation.ownLoss.overdue', { days: fromDays }),
          value: f.percent(rate, 1),
        }))}
      />
    </section>
  );
}

function FittedModel({ title, model }: { title: string; model: ValuationCard['model'] }) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const isWarned = model.warnings.length > 0;
  /** At its edge a parameter has no error: what the data do settle of it is said in its place. */
  const ends = (interval: { lower: number | null; upper: number | null } | undefined): string => {
    if (interval === undefined || (interval.lower === null && interval.upper === null)) return '–';
    const lower = interval.lower === null ? '0' : f.decimal(interval.lower, 4);
    const upper = interval.upper === null ? '∞' : f.decimal(interval.upper, 4);
    return t('valuation.interval95', { lower, upper });
  };
  return (
    <section className={styles['model']}>
      <h3 className={styles['title']}>
        {title} <span className={styles['name']}>{word(`model.${model.name}`)}</span>
        <Tag tone={model.converged && !isWarned ? 'good' : 'warn'}>
          {model.converged
            ? t(isWarned ? 'valuation.convergedWarned' : 'valuation.converged')
            : word(`valuation.reason.${model.reason ?? 'not-converged'}`)}
        </Tag>
      </h3>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('valuation.parameter')}</th>
            <th scope="col">{t('valuation.estimate')}</th>
            <th scope="col">{t('valuation.standardError')}</th>
          </tr>
        </thead>
        <tbody>
          {inBookOrder(model.parameters).map(([name, value]) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{f.decimal(value, 4)}</td>
              <td>
                {model.standardErrors?.[name] === undefined
                  ? ends(model.intervals?.[name])
                  : f.decimal(model.standardErrors[name], 4)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {model.logLikelihood === null ? null : (
        <p className={styles['likelihood']}>
          {t('valuation.logLikelihood', { value: f.decimal(model.logLikelihood, 2) })}
        </p>
      )}
    </section>
  );
}

/** Parameters as the papers list them; storage keeps no order. */
const bookOrder = ['k', 'r', 'alpha', 'a', 'b', 's', 'beta', 'p', 'q', 'v'];

function inBookOrder(parameters: Record<string, number>): [string, number][] {
  return Object.entries(parameters).toSorted(([a], [b]) => bookOrder.indexOf(a) - bookOrder.indexOf(b));
}
