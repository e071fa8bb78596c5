import { stageRules, stageTrial, type KeptStageRules, type StageRules } from '@kezi/contract';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useJob } from '../../../../lib/jobs.js';
import { percentOfShare, shareOfPercent } from '../../../../lib/typed-percent.js';
import { Dialog } from '../../../../ui/dialog.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { JobProgress } from '../../../../ui/job-progress.js';
import { useToast } from '../../../../ui/toast.js';
import { useSaveRules, useTryRules } from '../api/lifecycle.js';
import { useWords } from '../words.js';
import styles from './lifecycle.module.css';
import { TrialTable } from './trial-table.js';

/** How a rule is typed: whole days or orders, times, or percent. */
const fields = [
  { name: 'graceDays', unit: 'days', least: 0, most: 365 },
  { name: 'firstPatienceDays', unit: 'days', least: 1, most: 1096 },
  { name: 'dormantTimes', unit: 'times', least: 1, most: 50 },
  { name: 'lostTimes', unit: 'times', least: 1, most: 100 },
  { name: 'lowChance', unit: 'percent', least: 0, most: 100 },
  { name: 'newDays', unit: 'days', least: 1, most: 1096 },
  { name: 'newOrders', unit: 'orders', least: 1, most: 100 },
  { name: 'backDays', unit: 'days', least: 1, most: 1096 },
  { name: 'rise', unit: 'percent', least: 0, most: 1000 },
] as const satisfies readonly {
  name: keyof StageRules;
  unit: 'days' | 'orders' | 'times' | 'percent';
  least: number;
  most: number;
}[];

const typedOf = (unit: string, kept: number) => (unit === 'percent' ? percentOfShare(kept) : kept);
const keptOf = (unit: string, typed: number) => (unit === 'percent' ? shareOfPercent(typed) : typed);

/** By what stages are told apart: changed after a look at who would stand elsewhere. */
export function RulesDialog({ kept, onClose }: { kept: KeptStageRules; onClose: () => void }) {
  const t = useWords();
  const toast = useToast();
  const save = useSaveRules();
  const trial = useTryRules();
  const [rules, setRules] = useState<StageRules>(() => stageRules.parse(kept));
  const [tried, setTried] = useState<{ jobId: number; of: string } | null>(null);
  const job = useJob(tried?.jobId ?? null).data;
  const isTried = tried?.of === JSON.stringify(rules);
  const result = isTried ? stageTrial.safeParse(job?.result).data : undefined;
  const isInOrder = rules.dormantTimes > 1 && rules.lostTimes > rules.dormantTimes;
  const isChanged = JSON.stringify(rules) !== JSON.stringify(stageRules.parse(kept));
  const look = () =>
    trial.mutate(rules, {
      onSuccess: ({ jobId }) => setTried({ jobId, of: JSON.stringify(rules) }),
      onError: (error) => toast.failed(error),
    });
  const keep = () =>
    save.mutate(
      { ...rules, rowVersion: kept.rowVersion },
      {
        onSuccess: () => {
          toast.done(t('lifecycle.rulesSaved'));
          onClose();
        },
        onError: (error) => toast.failed(error),
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('lifecycle.rules')}
      width={560}
      footer={
        <>
          <Button loading={trial.isPending} disabled={!isInOrder || !isChanged || isTried} onClick={look}>
            {t('lifecycle.tryRules')}
          </Button>
          <Button type="primary" loading={save.isPending} disabled={!isInOrder || !isChanged} onClick={keep}>
            {t('lifecycle.saveRules')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <p className={styles['soft']}>{t('lifecycle.rulesHint')}</p>
        {fields.map(({ name, unit, least, most }) => (
          <Field
            key={name}
            label={t(`lifecycle.rule.${name}`)}
            hint={t(`lifecycle.ruleHint.${name}`)}
            error={name === 'lostTimes' && !isInOrder ? t('lifecycle.timesOrder') : undefined}
          >
            <InputNumber
              min={least}
              max={most}
              precision={unit === 'times' || unit === 'percent' ? 1 : 0}
              value={typedOf(unit, rules[name])}
              suffix={t(`lifecycle.unit.${unit}`)}
              onChange={(typed) => {
                if (typed !== null) setRules({ ...rules, [name]: keptOf(unit, typed) });
              }}
            />
          </Field>
        ))}
        {isTried && job && !result ? <JobProgress job={job} /> : null}
        {result ? <TrialTable trial={result} /> : null}
      </FieldStack>
    </Dialog>
  );
}
