import type { ValuationOptions } from '@kezi/contract';
import { Button, DatePicker, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useGo } from '../../../../lib/navigate.js';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { useToast } from '../../../../ui/toast.js';
import { useStartRun } from '../api/runs.js';
import { useWords } from '../words.js';
import styles from './new-run-form.module.css';

/** A year in each unit: the horizon is asked for in the unit chosen and starts at one year. */
const yearIn = { day: 365, week: 52, month: 12 } as const;

/** Starts a run. Everything has a default that suits most companies; the rest is folded away. */
export function NewRunForm() {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const start = useStartRun();
  const [open, setOpen] = useState(false);
  const [options, setOptions] = useState<Partial<ValuationOptions>>({});
  const unit = options.timeUnit ?? 'week';
  const change = (part: Partial<ValuationOptions>) => setOptions({ ...options, ...part });
  const day = (value: Dayjs | null) => value?.format('YYYY-MM-DD');
  const submit = () =>
    start.mutate(withoutEmpty(options), {
      onSuccess: (run) => go(`/value/runs/${run.valuationRunId}`),
      onError: (error) => toast.failed(error),
    });
  return (
    <Panel
      title={t('valuation.new')}
      hint={t('valuation.newHint')}
      extra={
        <>
          <Button type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'valuation.fewer' : 'valuation.options')}
          </Button>
          <Button type="primary" loading={start.isPending} onClick={submit}>
            {t('valuation.start')}
          </Button>
        </>
      }
    >
      {open ? (
        <div className={styles['fields']}>
          <Field label={t('valuation.asOf')} hint={t('valuation.asOfHint')}>
            <DatePicker
              value={options.asOf ? dayjs(options.asOf) : null}
              onChange={(value) => change({ asOf: day(value) })}
            />
          </Field>
          <Field label={t('valuation.timeUnit')} hint={t('valuation.timeUnitHint')}>
            <Select
              value={unit}
              onChange={(timeUnit) => change({ timeUnit, horizon: undefined })}
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
              onChange={(value) => change({ horizon: value ?? undefined })}
            />
          </Field>
          <Field label={t('valuation.discountRate')} hint={t('valuation.discountRateHint')}>
            <InputNumber
              min={0}
              max={100}
              value={(options.discountRate ?? 0.1) * 100}
              suffix="%"
              onChange={(value) => change({ discountRate: (value ?? 10) / 100 })}
            />
          </Field>
          <Field label={t('valuation.model')} hint={t('valuation.modelHint')}>
            <Select
              value={options.model ?? 'auto'}
              onChange={(model) => change({ model })}
              options={(['auto', 'bg-nbd', 'mbg-nbd'] as const).map((value) => ({
                value,
                label: t(`valuation.model.${value}`),
              }))}
            />
          </Field>
          <Field label={t('valuation.calibrationEnd')} hint={t('valuation.calibrationEndHint')}>
            <DatePicker
              value={options.calibrationEnd ? dayjs(options.calibrationEnd) : null}
              onChange={(value) => change({ calibrationEnd: day(value) })}
            />
          </Field>
        </div>
      ) : null}
    </Panel>
  );
}

function withoutEmpty(options: Partial<ValuationOptions>): Partial<ValuationOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
