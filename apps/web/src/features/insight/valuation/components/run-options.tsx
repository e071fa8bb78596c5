import { valuationOptions, type ValuationOptions } from '@kezi/contract';
import { InputNumber, Select } from 'antd';
import { percentOfShare, shareOfPercent } from '../../../../lib/typed-percent.js';
import DayControl from '../../../../ui/day-control.js';
import { Field } from '../../../../ui/field.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useWords } from '../words.js';
import { AttributeOptions } from './attribute-options.js';
import { ValueTerms } from './value-terms.js';
import styles from './new-run-form.module.css';

/** A year in each unit: the horizon is asked for in the unit chosen and starts at one year. */
const yearIn = { day: 365, week: 52, month: 12 } as const;

interface RunOptionsProps {
  options: Partial<ValuationOptions>;
  onChange: (part: Partial<ValuationOptions>) => void;
}

/** What few companies change. A file of its own: the calendar is large, and is fetched when somebody opens this. */
export default function RunOptions({ options, onChange }: RunOptionsProps) {
  const t = useWords();
  const word = useCommonWords();
  const unit = options.timeUnit ?? 'week';
  return (
    <div className={styles['fields']}>
      <Field label={t('valuation.asOf')} hint={t('valuation.asOfHint')}>
        <DayControl
          label={t('valuation.asOf')}
          value={options.asOf}
          onChange={(asOf) => onChange({ asOf })}
        />
      </Field>
      <Field label={t('valuation.timeUnit')} hint={t('valuation.timeUnitHint')}>
        <Select
          value={unit}
          onChange={(timeUnit) => onChange({ timeUnit, horizon: undefined })}
          options={(['day', 'week', 'month'] as const).map((value) => ({
            value,
            label: t(`valuation.unit.${value}`),
          }))}
        />
      </Field>
      <Field label={t('valuation.horizon')} hint={t('valuation.horizonHint')}>
        <InputNumber
          min={1}
          max={5200}
          value={options.horizon ?? yearIn[unit]}
          suffix={t(`valuation.unit.${unit}`)}
          onChange={(value) => onChange({ horizon: value ?? undefined })}
        />
      </Field>
      <Field label={t('valuation.discountRate')} hint={t('valuation.discountRateHint')}>
        <InputNumber
          min={0}
          max={100}
          value={percentOfShare(options.discountRate ?? 0.1)}
          suffix="%"
          onChange={(value) => onChange({ discountRate: shareOfPercent(value ?? 10) })}
        />
      </Field>
      <ValueTerms options={options} onChange={onChange} />
      <Field label={t('valuation.model')} hint={t('valuation.modelHint')}>
        <Select
          value={options.model ?? 'auto'}
          onChange={(model) => onChange({ model })}
          options={valuationOptions.shape.model.unwrap().options.map((value) => ({
            value,
            label: word(`model.${value}`),
          }))}
        />
      </Field>
      <AttributeOptions options={options} onChange={onChange} />
      <Field label={t('valuation.calibrationEnd')} hint={t('valuation.calibrationEndHint')}>
        <DayControl
          label={t('valuation.calibrationEnd')}
          value={options.calibrationEnd}
          onChange={(calibrationEnd) => onChange({ calibrationEnd })}
        />
      </Field>
    </div>
  );
}
