import type { ChurnOptions } from '@kezi/contract';
import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { useToast } from '../../../../ui/toast.js';
import { useStartChurn } from '../api/churn.js';
import { useWords } from '../words.js';
import styles from './churn.module.css';

/** Starts a training. Nothing has to be filled in: the silence that counts follows from the rhythm of the orders. */
export function StartChurn() {
  const t = useWords();
  const toast = useToast();
  const start = useStartChurn();
  const [options, setOptions] = useState<Partial<ChurnOptions>>({});
  const submit = () => start.mutate(options, { onError: (error) => toast.failed(error) });
  const setDays = (days: number | null) => {
    const { silenceDays: _, ...rest } = options;
    setOptions(days === null ? rest : { ...rest, silenceDays: days });
  };
  return (
    <Panel
      title={t('churn.start')}
      hint={t('churn.startHint')}
      extra={
        <Button type="primary" loading={start.isPending} onClick={submit}>
          {t('churn.startNow')}
        </Button>
      }
    >
      <div className={styles['fields']}>
        <Field label={t('churn.silence')} hint={t('churn.silenceHint')} optional>
          <InputNumber min={1} max={3650} precision={0} suffix={t('churn.day')} onChange={setDays} />
        </Field>
        <Field label={t('churn.model')} hint={t('churn.modelHint')}>
          <Select
            value={options.model ?? 'auto'}
            onChange={(model) => setOptions({ ...options, model })}
            options={(['auto', 'logistic', 'gbdt'] as const).map((value) => ({
              value,
              label: t(`churn.model.${value}`),
            }))}
          />
        </Field>
      </div>
    </Panel>
  );
}
