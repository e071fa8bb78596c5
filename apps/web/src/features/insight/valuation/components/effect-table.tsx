import type { ValuationAttributes } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { Button } from 'antd';
import { useState } from 'react';
import { Whisker } from '../../../../ui/whisker.js';
import { useWords } from '../words.js';
import styles from './attributes-panel.module.css';
import { useFieldWords } from './use-field-words.js';

export interface EffectRow {
  on: string;
  line: ValuationAttributes['effects'][number]['coefficients'][number];
}

interface EffectTableProps {
  rows: readonly EffectRow[];
  columns: ValuationAttributes['columns'];
}

/** Factors beyond this are drawn at the edge: e^2 is 7.4 times. */
const reach = 2;

/** A field of forty words is a hundred lines: so many are shown, those that are surest first. */
const firstLines = 12;

const sureness = ({ line }: EffectRow): number =>
  line.pValue ?? (line.lower === null && line.upper === null ? 2 : 1);

/** One line an effect: by what factor one more of the column, or this word in place of the most frequent one, changes it. */
export function EffectTable({ rows, columns }: EffectTableProps) {
  const t = useWords();
  const f = useFormats();
  const nameOf = useColumnName(columns);
  const [isOpen, setIsOpen] = useState(false);
  const isLong = rows.length > firstLines;
  const shown =
    isLong && !isOpen ? rows.toSorted((a, b) => sureness(a) - sureness(b)).slice(0, firstLines) : rows;
  const widest = Math.min(
    reach,
    rows.reduce(
      (most, { line }) => Math.max(most, Math.abs(line.lower ?? 0), Math.abs(line.upper ?? 0)),
      0.1,
    ),
  );
  const times = (effect: number) => `× ${f.decimal(Math.exp(effect), 2)}`;
  // Of an effect without a bound only one end is known.
  const oneEnd = (lower: number | null, upper: number | null) =>
    upper === null ? (lower === null ? '–' : `≥ ${times(lower)}`) : `≤ ${times(upper)}`;
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('valuation.effect.of')}</th>
            <th scope="col">{t('valuation.effect.on')}</th>
            <th scope="col">{t('valuation.effect.factor')}</th>
            <th scope="col" className={styles['picture']}>
              {t('valuation.effect.interval')}
            </th>
            <th scope="col">{t('valuation.effect.p')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ on, line: { name, estimate, lower, upper, pValue } }) => (
            <tr key={`${on} ${name}`}>
              <th scope="row">{nameOf(name)}</th>
              <td>{on}</td>
              <td>{lower === null || upper === null ? '–' : times(estimate)}</td>
              <td className={styles['picture']}>
                {lower === null || upper === null ? (
                  oneEnd(lower, upper)
                ) : (
                  <Whisker
                    low={lower}
                    value={estimate}
                    high={upper}
                    min={-widest}
                    max={widest}
                    label={`${times(lower)} – ${times(upper)}`}
                  />
                )}
              </td>
              <td>{pValue === null ? '–' : pValue < 0.0001 ? '< 0.0001' : f.decimal(pValue, 4)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isLong ? (
        <Button type="link" onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('valuation.effect.fewer') : t('valuation.effect.all', { count: f.count(rows.length) })}
        </Button>
      ) : null}
    </div>
  );
}

/** A column of the model as a reader knows it: the field, and of words the level with what it is compared to. */
export function useColumnName(columns: ValuationAttributes['columns']): (name: string) => string {
  const t = useWords();
  const fieldWord = useFieldWords();
  const orUnknown = (level: string) => (level === '' ? t('valuation.segment.unknown') : level);
  return (name) => {
    if (name === 'ln(frequency)') return t('valuation.effect.frequency');
    const own = columns.find((column) => name === column.name || name.startsWith(`${column.name}=`));
    if (own === undefined || name === own.name) return fieldWord(name);
    const level = name.slice(own.name.length + 1);
    if (own.kind === 'number') return t('valuation.effect.missing', { field: fieldWord(own.name) });
    return t('valuation.effect.level', {
      field: fieldWord(own.name),
      level: orUnknown(level),
      reference: orUnknown(own.reference),
    });
  };
}
