import { lifecycleStages, type StageAction, type TaskRule } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import {
  taskRulesQuery,
  useAddStageAction,
  useChangeStageAction,
  useDeleteStageAction,
  useSetTaskRule,
} from '../api/task-rules.js';
import { FestivalCares } from '../components/festival-cares.js';
import styles from '../components/worklist.module.css';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(taskRulesQuery);
}

/** By which rules tasks come by themselves. */
export default function TaskRules() {
  const t = useWords();
  const query = useQuery(taskRulesQuery);
  const seesAll = useSession().scope === 'all';
  const canSet = useCan('alerts:configure') && seesAll;
  return (
    <Page title={t('worklist.rules')} subtitle={t('worklist.rulesHint')}>
      <div className={styles['stack']}>
        <QueryView query={query} skeleton={<SkeletonGrid rows={6} columns={4} />}>
          {({ rules, stageActions, festivalCares, festivals }) => (
            <>
              <Panel padding="none">
                <ol className={styles['list']}>
                  {rules.map((rule) => (
                    <RuleLine key={rule.kind} rule={rule} canSet={canSet} />
                  ))}
                </ol>
              </Panel>
              <FestivalCares {...{ festivalCares, festivals, canSet }} />
              <Panel title={t('worklist.stageActions')} hint={t('worklist.stageActionsHint')} padding="none">
                {stageActions.length === 0 ? (
                  <p className={styles['more']}>{t('worklist.noStageActions')}</p>
                ) : (
                  <ol className={styles['list']}>
                    {stageActions.map((action) => (
                      <ActionLine key={action.stageActionId} action={action} canSet={canSet} />
                    ))}
                  </ol>
                )}
                {canSet ? <NewAction /> : null}
              </Panel>
            </>
          )}
        </QueryView>
      </div>
    </Page>
  );
}

/** What is told after a change. */
function useTold() {
  const t = useWords();
  const toast = useToast();
  return {
    onSuccess: () => toast.done(t('worklist.ruleSaved')),
    onError: (error: unknown) => toast.failed(error),
  };
}

function RuleLine({ rule, canSet }: { rule: TaskRule; canSet: boolean }) {
  const t = useWords();
  const f = useFormats();
  const set = useSetTaskRule();
  const told = useTold();
  const { kind, rowVersion } = rule;
  const name = t(`worklist.taskKind.${kind}`);
  const blurred = (field: 'leadDays' | 'minutes', least: number, most: number) => ({
    className: styles['figure'] ?? '',
    min: least,
    max: most,
    disabled: !canSet || set.isPending,
    value: rule[field],
    onBlur: (event: { target: { value: string } }) => {
      const value = Math.round(Number(event.target.value));
      if (value >= least && value <= most && value !== rule[field]) {
        set.mutate({ kind, rowVersion, [field]: value }, told);
      }
    },
  });
  return (
    <li className={styles['detector']}>
      <div className={styles['head']}>
        <h3>{name}</h3>
        <InputNumber
          aria-label={`${name} ${t('worklist.leadDays')}`}
          prefix={t('worklist.leadDays')}
          {...blurred('leadDays', 0, 365)}
        />
        <InputNumber
          aria-label={`${name} ${t('worklist.minutes')}`}
          prefix={t('worklist.minutes')}
          {...blurred('minutes', 5, 480)}
        />
        <Switch
          aria-label={`${name} ${t('alerts.onOff')}`}
          checked={rule.isOn}
          disabled={!canSet}
          loading={set.isPending}
          checkedChildren={t('alerts.on')}
          unCheckedChildren={t('alerts.off')}
          onChange={(isOn) => set.mutate({ kind, rowVersion, isOn }, told)}
        />
      </div>
      <p className={styles['soft']}>
        {t(`worklist.ruleAbout.${kind}`)}
        {' · '}
        {t('worklist.ruleOpen', { count: f.count(rule.open) })}
      </p>
    </li>
  );
}

function ActionLine({ action, canSet }: { action: StageAction; canSet: boolean }) {
  const t = useWords();
  const f = useFormats();
  const change = useChangeStageAction();
  const remove = useDeleteStageAction();
  const told = useTold();
  const { stageActionId: id, rowVersion, title, stage, dueDays, minutes } = action;
  return (
    <li className={styles['detector']}>
      <div className={styles['head']}>
        <h3>{title}</h3>
        <Switch
          aria-label={`${title} ${t('alerts.onOff')}`}
          checked={action.isOn}
          disabled={!canSet}
          loading={change.isPending}
          checkedChildren={t('alerts.on')}
          unCheckedChildren={t('alerts.off')}
          onChange={(isOn) => change.mutate({ id, rowVersion, isOn }, told)}
        />
        {canSet ? (
          <Button type="text" danger loading={remove.isPending} onClick={() => remove.mutate(id, told)}>
            {t('worklist.delete')}
          </Button>
        ) : null}
      </div>
      <p className={styles['soft']}>
        {[
          `${t('worklist.stage')} ${t(`worklist.stageName.${stage}`)}`,
          t('alerts.dueIn', { days: dueDays }),
          t('worklist.inMinutes', { minutes }),
          t('worklist.ruleOpen', { count: f.count(action.open) }),
        ].join(' · ')}
      </p>
    </li>
  );
}

function NewAction() {
  const t = useWords();
  const add = useAddStageAction();
  const told = useTold();
  const [stage, setStage] = useState<StageAction['stage']>('at-risk');
  const [title, setTitle] = useState('');
  const [dueDays, setDueDays] = useState(3);
  const keep = () =>
    add.mutate(
      { stage, title: title.trim(), dueDays, minutes: 30, isOn: true },
      {
        ...told,
        onSuccess: () => {
          setTitle('');
          told.onSuccess();
        },
      },
    );
  return (
    <div className={styles['add']}>
      <Select
        aria-label={t('worklist.stage')}
        value={stage}
        options={lifecycleStages.map((value) => ({ value, label: t(`worklist.stageName.${value}`) }))}
        onChange={setStage}
      />
      <Input
        aria-label={t('worklist.stageTitle')}
        placeholder={t('worklist.stageTitle')}
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <InputNumber
        aria-label={t('worklist.stageDue')}
        prefix={t('worklist.stageDue')}
        min={0}
        max={365}
        value={dueDays}
        onChange={(value) => setDueDays(value ?? 3)}
      />
      <Button type="primary" disabled={title.trim() === ''} loading={add.isPending} onClick={keep}>
        {t('worklist.addStageAction')}
      </Button>
    </div>
  );
}
