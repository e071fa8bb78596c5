import type { ValuationAttributes, ValuationSpendRegression } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { useFieldWords } from './use-field-words.js';
import { EffectTable, useColumnName, type EffectRow } from './effect-table.js';
import { useWords } from '../words.js';
import styles from './attributes-panel.module.css';

interface AttributesPanelProps {
  attributes: ValuationAttributes | null;
  spend: ValuationSpendRegression | null;
}

/** What is known of the customers, and what it does to their orders: segments or covariates, and what goes with spend. */
export function AttributesPanel({ attributes, spend }: AttributesPanelProps) {
  const t = useWords();
  const kind = attributes?.kind ?? 'spend';
  return (
    <Panel title={t(`valuation.attributes.${kind}`)} hint={t(`valuation.attributes.${kind}Hint`)}>
      {attributes ? <Verdict attributes={attributes} /> : null}
      {attributes?.kind === 'segments' ? <SegmentTable attributes={attributes} /> : null}
      <Effects attributes={attributes} spend={spend} />
    </Panel>
  );
}

/** Whether they are used, and how sure that they tell something. */
function Verdict({ attributes }: { attributes: ValuationAttributes }) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const fieldWord = useFieldWords();
  const { inUse, reason, names, likelihoodRatio, holdout, twoValues, held = [], columns } = attributes;
  const columnName = useColumnName(columns);
  return (
    <ul className={styles['verdict']}>
      <li>
        <Tag tone={inUse ? 'good' : 'warn'}>
          {t(inUse ? 'valuation.inUse' : 'valuation.attributes.leftOut')}
        </Tag>{' '}
        {names.map(fieldWord).join(t('valuation.attributes.and'))}
        {reason === null
          ? ''
          : t('valuation.attributes.because', { reason: word(`valuation.reason.${reason}`) })}
      </li>
      {likelihoodRatio === null ? null : (
        <li>
          {t(likelihoodRatio.pValue < 0.05 ? 'valuation.attributes.tells' : 'valuation.attributes.tellsNot', {
            statistic: f.decimal(likelihoodRatio.statistic, 1),
            degrees: likelihoodRatio.degreesOfFreedom,
            p: f.decimal(likelihoodRatio.pValue, 4),
          })}
        </li>
      )}
      {holdout === null ? null : (
        <li>
          {t('valuation.attributes.holdout', {
            gain: f.decimal(holdout.gain, 4),
            error: f.decimal(holdout.standardError, 4),
          })}
        </li>
      )}
      {held.length === 0 ? null : (
        <li>
          {t('valuation.attributes.held', {
            effects: held.map(columnName).join(t('valuation.attributes.and')),
          })}
        </li>
      )}
      {twoValues.map(({ column, customers }) => (
        <li key={column}>
          {t('valuation.attributes.twoValues', { column: fieldWord(column), customers: f.count(customers) })}
        </li>
      ))}
    </ul>
  );
}

function SegmentTable({ attributes: { segments } }: { attributes: ValuationAttributes }) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const worth = (clv: number | null) => (clv === null ? '–' : f.moneyShort(f.minorOf(clv)));
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('valuation.segment')}</th>
            <th scope="col">{t('valuation.orderingCustomers')}</th>
            <th scope="col" title={t('valuation.segment.ownHint')}>
              {t('valuation.segment.own')}
            </th>
            <th scope="col">{t('valuation.expectedOrders')}</th>
            <th scope="col">{t('valuation.total')}</th>
          </tr>
        </thead>
        <tbody>
          {segments.map(({ segment, customers, weight, reason, expectedOrders, clv }) => (
            <tr key={segment}>
              <th scope="row">{segment === '' ? t('valuation.segment.unknown') : segment}</th>
              <td>{f.count(customers)}</td>
              <td title={reason === null ? '' : word(`valuation.segment.reason.${reason}`)}>
                {reason === null ? f.percent(weight, 0) : t('valuation.segment.asAll')}
              </td>
              <td>{expectedOrders === null ? '–' : f.count(expectedOrders)}</td>
              <td>{worth(clv)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Effects on orders, leaving and spend as factors: twice 1.2 is 1.44. */
function Effects({ attributes, spend }: AttributesPanelProps) {
  const t = useWords();
  const rows: EffectRow[] = [
    ...(attributes?.effects ?? []).flatMap(({ on, coefficients }) =>
      coefficients.map((line) => ({ on: t(`valuation.effect.on.${on}`), line })),
    ),
    ...(spend?.inUse === true ? spend.coefficients : []).map((line) => ({
      on: t('valuation.effect.on.spend'),
      line,
    })),
  ];
  return rows.length === 0 ? null : <EffectTable rows={rows} columns={attributes?.columns ?? []} />;
}
