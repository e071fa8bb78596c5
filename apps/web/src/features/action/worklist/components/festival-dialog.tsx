import {
  festivalGreeting,
  festivalName,
  type FestivalCare,
  type FestivalCareInput,
  type TaskRuleList,
} from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { Dialog } from '../../../../ui/dialog.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import {
  audienceQuery,
  regionsQuery,
  useAddFestivalCare,
  useChangeFestivalCare,
} from '../api/festival-cares.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

interface FestivalDialogProps extends Pick<TaskRuleList, 'festivals'> {
  /** Null: a new one. */
  care: FestivalCare | null;
  onClose: () => void;
}

const draftOf = (care: FestivalCare | null, next: TaskRuleList['festivals'][number]): FestivalCareInput =>
  care === null
    ? {
        festival: next.festival,
        title: null,
        leadDays: 7,
        minutes: 15,
        tierIds: [],
        regions: [],
        segmentId: null,
        isOn: true,
      }
    : { ...care, tierIds: care.tiers.map(({ tierId }) => tierId) };

/** Which festival, what is done, how long before, and for whom; it says how many customers that is. */
export default function FestivalDialog({ care, festivals, onClose }: FestivalDialogProps) {
  const t = useWords();
  const f = useFormats();
  const common = useCommonWords();
  const toast = useToast();
  const [draft, setDraft] = useState(() => draftOf(care, festivals[0]!));
  const set = (patch: Partial<FestivalCareInput>) => setDraft((before) => ({ ...before, ...patch }));
  const add = useAddFestivalCare();
  const change = useChangeFestivalCare();
  const isPending = add.isPending || change.isPending;
  const error = add.error ?? change.error;
  const done = {
    onSuccess: () => {
      toast.done(t('worklist.ruleSaved'));
      onClose();
    },
  };
  const save = () => {
    const { festival, ...rest } = { ...draft, title: draft.title?.trim() || null };
    if (care === null) add.mutate({ festival, ...rest }, done);
    else change.mutate({ ...rest, id: care.festivalCareId, rowVersion: care.rowVersion }, done);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(care === null ? 'worklist.addFestival' : 'worklist.changeFestival')}
      footer={
        <>
          <Button onClick={onClose}>{common('common.cancel')}</Button>
          <Button type="primary" loading={isPending} onClick={save}>
            {common('common.save')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <FestivalField {...{ draft, set, festivals }} isFixed={care !== null} />
        <Field
          label={t('worklist.festivalWhat')}
          optional
          hint={t('worklist.festivalWhatHint')}
          error={error?.message}
        >
          <Input
            maxLength={200}
            placeholder={festivalGreeting(f.language)}
            value={draft.title ?? ''}
            onChange={(event) => set({ title: event.target.value })}
          />
        </Field>
        <Field label={t('worklist.leadDays')} hint={t('worklist.festivalLeadHint')}>
          <InputNumber
            min={0}
            max={365}
            value={draft.leadDays}
            onChange={(value) => set({ leadDays: value ?? 7 })}
          />
        </Field>
        <Field label={t('worklist.minutes')}>
          <InputNumber
            min={5}
            max={480}
            value={draft.minutes}
            onChange={(value) => set({ minutes: value ?? 15 })}
          />
        </Field>
        <AudienceFields {...{ draft, set }} />
      </FieldStack>
    </Dialog>
  );
}

/** Provinces and countries come first: each stands for all that is in it. */
function withWholes(regions: readonly string[]): string[] {
  const wholes = regions.map((region) => region.split('/')[0] ?? region);
  return [...new Set([...wholes.toSorted((a, b) => a.localeCompare(b, 'zh-CN')), ...regions])];
}

interface DraftProps {
  draft: FestivalCareInput;
  set: (patch: Partial<FestivalCareInput>) => void;
}

function FestivalField({
  draft,
  set,
  festivals,
  isFixed,
}: DraftProps & Pick<TaskRuleList, 'festivals'> & { isFixed: boolean }) {
  const t = useWords();
  const f = useFormats();
  return (
    <Field label={t('worklist.festivalName')}>
      <Select
        disabled={isFixed}
        value={draft.festival}
        options={festivals.map(({ festival, nextOn }) => ({
          value: festival,
          label: t('worklist.festivalOn', {
            festival: festivalName(festival, f.language),
            day: f.date(nextOn),
          }),
        }))}
        onChange={(festival) => set({ festival })}
      />
    </Field>
  );
}

function AudienceFields({ draft, set }: DraftProps) {
  const t = useWords();
  const common = useCommonWords();
  const f = useFormats();
  const tiers = useQuery(tiersOfTodayQuery).data?.tiers ?? [];
  const regions = useQuery(regionsQuery).data?.regions ?? [];
  const count = useQuery(audienceQuery(draft)).data;
  return (
    <>
      {tiers.length === 0 ? null : (
        <Field label={t('alerts.tier')} optional>
          <Select
            mode="multiple"
            placeholder={t('worklist.allTiers')}
            optionFilterProp="label"
            value={draft.tierIds}
            options={tiers.map(({ tierId, name }) => ({ value: tierId, label: name }))}
            onChange={(tierIds) => set({ tierIds })}
          />
        </Field>
      )}
      <Field label={t('worklist.region')} optional>
        <Select
          mode="multiple"
          placeholder={t('worklist.allRegions')}
          value={draft.regions}
          options={withWholes(regions).map((value) => ({ value, label: value }))}
          onChange={(chosen) => set({ regions: chosen })}
        />
      </Field>
      <Field label={common('common.segment')} optional>
        <SegmentSelect
          value={draft.segmentId ?? undefined}
          onChange={(segmentId) => set({ segmentId: segmentId ?? null })}
        />
      </Field>
      {count === undefined ? null : (
        <p className={styles['soft']} role="status">
          {t('worklist.festivalMeant', { count: f.count(count.customers) })}
        </p>
      )}
    </>
  );
}
