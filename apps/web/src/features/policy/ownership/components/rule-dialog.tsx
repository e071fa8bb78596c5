import { rfmSegments, type RecycleRule, type RfmSegment } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useSaveRule } from '../api/rules.js';
import { useWords } from '../words.js';

interface RuleDialogProps {
  poolId: number;
  /** Null for a new one. */
  rule: RecycleRule | null;
  onClose: () => void;
}

const blank = {
  name: '',
  daysWithoutContact: null as number | null,
  daysWithoutOrder: null as number | null,
  daysAfterContract: null as number | null,
  clvBelow: null as number | null,
  segments: null as RfmSegment[] | null,
  tierIds: null as number[] | null,
  warnDays: 7,
};

/** A rule in its conditions; what is empty does not count. */
export function RuleDialog({ poolId, rule, onClose }: RuleDialogProps) {
  const t = useWords();
  const c = useCommonWords();
  const save = useSaveRule(poolId);
  const tiers = useQuery(tiersOfTodayQuery).data?.tiers ?? [];
  const [draft, setDraft] = useState(() =>
    rule === null
      ? blank
      : {
          name: rule.name,
          daysWithoutContact: rule.daysWithoutContact,
          daysWithoutOrder: rule.daysWithoutOrder,
          daysAfterContract: rule.daysAfterContract,
          clvBelow: rule.clvBelow,
          segments: rule.segments,
          tierIds: rule.tierIds,
          warnDays: rule.warnDays,
        },
  );
  const [tried, setTried] = useState(false);
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const isTimed =
    draft.daysWithoutContact !== null || draft.daysWithoutOrder !== null || draft.daysAfterContract !== null;
  const submit = () => {
    setTried(true);
    if (draft.name.trim() === '' || !isTimed) return;
    save.mutate({ rule, input: { ...draft, name: draft.name.trim() } }, { onSuccess: onClose });
  };
  const days = (field: 'daysWithoutContact' | 'daysWithoutOrder' | 'daysAfterContract') => (
    <Field
      label={t(`ownership.${field}`)}
      error={tried && !isTimed && field === 'daysWithoutContact' ? t('ownership.needsTime') : undefined}
      optional
    >
      <InputNumber
        min={1}
        max={3650}
        precision={0}
        value={draft[field]}
        suffix={t('ownership.days')}
        onChange={(value) => change({ [field]: value })}
      />
    </Field>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={rule === null ? t('ownership.newRule') : rule.name}
      width={520}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {c('common.save')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field
          label={t('ownership.ruleName')}
          hint={t('ownership.ruleNameHint')}
          error={tried && draft.name.trim() === '' ? t('ownership.nameMissing') : undefined}
        >
          <Input
            value={draft.name}
            maxLength={100}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        {days('daysWithoutContact')}
        {days('daysWithoutOrder')}
        {days('daysAfterContract')}
        <Field label={t('ownership.clvBelow')} hint={t('ownership.clvBelowHint')} optional>
          <InputNumber min={1} value={draft.clvBelow} onChange={(clvBelow) => change({ clvBelow })} />
        </Field>
        <Field label={t('ownership.segments')} optional>
          <Select<RfmSegment[]>
            mode="multiple"
            value={draft.segments ?? []}
            options={rfmSegments.map((value) => ({ value, label: c(`segment.${value}`) }))}
            onChange={(segments) => change({ segments: segments.length === 0 ? null : segments })}
          />
        </Field>
        {tiers.length === 0 ? null : (
          <Field label={t('ownership.tiers')} optional>
            <Select<number[]>
              mode="multiple"
              value={draft.tierIds ?? []}
              options={tiers.map(({ tierId, name }) => ({ value: tierId, label: name }))}
              onChange={(tierIds) => change({ tierIds: tierIds.length === 0 ? null : tierIds })}
            />
          </Field>
        )}
        <Field label={t('ownership.warnDays')} hint={t('ownership.warnDaysHint')}>
          <InputNumber
            min={0}
            max={365}
            precision={0}
            value={draft.warnDays}
            suffix={t('ownership.days')}
            onChange={(value) => change({ warnDays: value ?? 0 })}
          />
        </Field>
        {save.error ? <ErrorState error={save.error} size="band" /> : null}
      </FieldStack>
    </Dialog>
  );
}
