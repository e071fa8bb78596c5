import type { ValuationOptions, ValueCosts } from '@kezi/contract';
import { InputNumber, Select, Switch } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { percentOfShare, shareOfPercent } from '../../../../lib/typed-percent.js';
import { Field } from '../../../../ui/field.js';
import { useWords } from '../words.js';

interface ValueTermsProps {
  options: Partial<ValuationOptions>;
  onChange: (part: Partial<ValuationOptions>) => void;
}

/** Which orders count, and what is deducted from their value. */
export function ValueTerms({ options, onChange }: ValueTermsProps) {
  const t = useWords();
  const f = useFormats();
  const { costs = {}, isForever = false, ownCreditLoss = false } = options;
  const set = (name: keyof ValueCosts, value: number | null) => {
    const { [name]: _, ...others } = costs;
    const next = value === null || value === 0 ? others : { ...others, [name]: value };
    onChange({ costs: Object.keys(next).length > 0 ? next : undefined });
  };
  return (
    <>
      <Field label={t('valuation.span')} hint={t('valuation.spanHint')}>
        <Select
          value={isForever ? 'forever' : 'horizon'}
          onChange={(value) => onChange({ isForever: value === 'forever' ? true : undefined })}
          options={(['horizon', 'forever'] as const).map((value) => ({
            value,
            label: t(`valuation.span.${value}`),
          }))}
        />
      </Field>
      {(['share', 'creditLoss'] as const).map((name) => (
        <Field key={name} label={t(`valuation.cost.${name}`)} hint={t(`valuation.costHint.${name}`)} optional>
          <InputNumber
            min={0}
            max={99}
            step={0.5}
            suffix="%"
            value={costs[name] === undefined ? null : percentOfShare(costs[name])}
            onChange={(value) => set(name, value === null ? null : shareOfPercent(value))}
          />
        </Field>
      ))}
      <Field label={t('valuation.ownLoss')} hint={t('valuation.ownLossHint')}>
        <Switch
          // A field stretches what is in it.
          style={{ width: 'fit-content' }}
          checked={ownCreditLoss}
          onChange={(checked) => onChange({ ownCreditLoss: checked ? true : undefined })}
        />
      </Field>
      {(['perOrder', 'perYear'] as const).map((name) => (
        <Field key={name} label={t(`valuation.cost.${name}`)} hint={t(`valuation.costHint.${name}`)} optional>
          <InputNumber
            min={0}
            suffix={f.sign()}
            value={costs[name] ?? null}
            onChange={(value) => set(name, value)}
          />
        </Field>
      ))}
    </>
  );
}
