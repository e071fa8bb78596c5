import type { ImportBatch, ImportMapping } from '@kezi/contract';
import { Select } from 'antd';
import { useSession } from '../../../../lib/session.js';
import { CurrencySelect } from '../../../../ui/currency-select.js';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { dateFields, numberFields } from '../fields.js';
import { useWords } from '../words.js';
import type { Word } from '../words.js';
import styles from './map-step.module.css';

const dateFormats = [
  'iso',
  'slash',
  'dot',
  'chinese',
  'compact',
  'dmy',
  'mdy',
  'english',
  'roc',
  'excel-1900',
  'excel-1904',
  'epoch-s',
  'epoch-ms',
] as const;
const numberStyles = ['1,234.56', '1.234,56', '1 234.56', '1 234,56', "1'234.56"] as const;

interface ValuesPanelProps {
  batch: ImportBatch;
  onChange: (change: Partial<ImportMapping>) => void;
}

/** How dates and numbers are written, and the currency of rows that name none. */
export function ValuesPanel({ batch, onChange }: ValuesPanelProps) {
  const t = useWords();
  const { settings } = useSession();
  const { mapping, kind } = batch;
  const mapped = Object.keys(mapping.columns);
  const hasDates = mapped.some((field) => dateFields.has(field));
  const hasNumbers = mapped.some((field) => numberFields.has(field));
  const asked = new Set(batch.questions.map((question) => question.code));
  if (!hasDates && !hasNumbers) return null;
  const format = mapping.dateFormat;
  return (
    <Panel title={t('imports.values')} hint={t('imports.values.hint')}>
      <div className={styles['fields']}>
        {hasDates ? (
          <Field
            label={t('imports.dateFormat')}
            error={asked.has('imports.question_date') ? t('imports.answerAbove') : undefined}
          >
            <Select
              placeholder={t('imports.chooseFormat')}
              value={format ?? null}
              onChange={(dateFormat: string) => onChange({ dateFormat })}
              options={[...(format?.includes('+') ? [format] : []), ...dateFormats].map((value) => ({
                value,
                label: value
                  .split('+')
                  .map((one) => t(`imports.date.${one}` as Word))
                  .join(' / '),
              }))}
            />
          </Field>
        ) : null}
        {hasNumbers ? (
          <Field
            label={t('imports.numberStyle')}
            error={asked.has('imports.question_number') ? t('imports.answerAbove') : undefined}
          >
            <Select
              placeholder={t('imports.chooseFormat')}
              value={mapping.numberStyle ?? (asked.has('imports.question_number') ? null : numberStyles[0])}
              onChange={(numberStyle: string) => onChange({ numberStyle })}
              options={numberStyles.map((value) => ({ value, label: value }))}
            />
          </Field>
        ) : null}
        {hasNumbers && kind === 'orders' ? (
          <Field label={t('imports.currency')} hint={t('imports.currency.hint')}>
            <CurrencySelect
              value={mapping.currency ?? settings.baseCurrency}
              onChange={(currency) => onChange({ currency })}
            />
          </Field>
        ) : null}
      </div>
    </Panel>
  );
}
