import { qualityFields, type QualityField, type QualityPolicy } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { ApiError } from '../../../../lib/api-error.js';
import { useFormats } from '../../../../lib/formats.js';
import { useLatestDraft } from '../../../../lib/latest-draft.js';
import { useCan } from '../../../../lib/session.js';
import { Field } from '../../../../ui/field.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { TheirChanges } from '../../../../ui/their-changes.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { policyQuery, useChangePolicy } from '../api/quality.js';
import { useWords } from '../words.js';
import styles from './quality.module.css';

/** From when a record is stale, what makes it complete, and whether two customers may have one credit code. */
export function PolicyPanel({ onSaved }: { onSaved: () => void }) {
  const t = useWords();
  const common = useCommonWords();
  const query = useQuery(policyQuery);
  const canWrite = useCan('quality:write');
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel
      title={t('quality.policy')}
      extra={
        canWrite && !isOpen ? (
          <Button
            size="small"
            aria-label={t('quality.policy.edit')}
            disabled={!query.isSuccess}
            onClick={() => setOpen(true)}
          >
            {common('common.edit')}
          </Button>
        ) : undefined
      }
    >
      <QueryView query={query}>
        {(policy) =>
          isOpen ? (
            <PolicyForm policy={policy} onClose={() => setOpen(false)} onSaved={onSaved} />
          ) : (
            <PolicyFacts policy={policy} />
          )
        }
      </QueryView>
    </Panel>
  );
}

function PolicyFacts({ policy }: { policy: QualityPolicy }) {
  const t = useWords();
  const f = useFormats();
  const total = qualityFields.reduce((sum, field) => sum + (policy.weights[field] ?? 0), 0);
  const weighed = qualityFields
    .filter((field) => (policy.weights[field] ?? 0) > 0)
    .sort((one, other) => (policy.weights[other] ?? 0) - (policy.weights[one] ?? 0))
    .map((field) => `${t(`quality.field.${field}`)} ${f.percent((policy.weights[field] ?? 0) / total, 0)}`);
  return (
    <KeyValues
      items={[
        {
          id: 'stale',
          label: t('quality.policy.staleDays'),
          value: t('quality.policy.days', { count: policy.staleDays }),
        },
        {
          id: 'code',
          label: t('quality.policy.sameCreditCode'),
          value: t(`quality.policy.code.${policy.sameCreditCode}`),
        },
        { id: 'weights', label: t('quality.policy.weights'), value: weighed.join(' · ') },
      ]}
    />
  );
}

type PolicyDraft = Pick<QualityPolicy, 'staleDays' | 'sameCreditCode'> & Record<QualityField, number>;

const draftOf = ({ staleDays, sameCreditCode, weights }: QualityPolicy): PolicyDraft => ({
  staleDays,
  sameCreditCode,
  ...(Object.fromEntries(qualityFields.map((field) => [field, weights[field] ?? 0])) as Record<
    QualityField,
    number
  >),
});

interface PolicyFormProps {
  policy: QualityPolicy;
  onClose: () => void;
  onSaved: () => void;
}

function PolicyForm({ policy, onClose, onSaved }: PolicyFormProps) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const client = useQueryClient();
  const held = useLatestDraft(policy.rowVersion, () => draftOf(policy));
  const { draft, change, opened } = held;
  const save = useChangePolicy();
  const isStale = save.error?.code === 'quality.changed';
  const submit = () => {
    const { staleDays, sameCreditCode, ...weights } = draft;
    save.mutate(
      { staleDays, sameCreditCode, weights, rowVersion: held.version ?? policy.rowVersion },
      {
        onSuccess: () => {
          toast.done(t('quality.policy.saved'));
          onSaved();
          onClose();
        },
        onError: (failed: ApiError) => {
          if (failed.code === 'quality.changed') void client.invalidateQueries(policyQuery);
        },
      },
    );
  };
  const ofFields = (say: (field: QualityField) => string) =>
    Object.fromEntries(qualityFields.map((field) => [field, say(field)])) as Record<QualityField, string>;
  const labels: Record<keyof PolicyDraft, string> = {
    staleDays: t('quality.policy.staleDays'),
    sameCreditCode: t('quality.policy.sameCreditCode'),
    ...ofFields((field) => t('quality.policy.weightOf', { field: t(`quality.field.${field}`) })),
  };
  const theirs: Record<keyof PolicyDraft, string> = {
    staleDays: t('quality.policy.days', { count: opened.staleDays }),
    sameCreditCode: t(`quality.policy.code.${opened.sameCreditCode}`),
    ...ofFields((field) => String(opened[field])),
  };
  return (
    <form
      className={styles['form']}
      aria-label={t('quality.policy.edit')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles['fields']}>
        <Field label={t('quality.policy.staleDays')} hint={t('quality.policy.staleDaysHint')}>
          <InputNumber
            min={1}
            max={3650}
            precision={0}
            value={draft.staleDays}
            onChange={(days) => change({ staleDays: days ?? draft.staleDays })}
          />
        </Field>
        <Field label={t('quality.policy.sameCreditCode')}>
          <Select
            value={draft.sameCreditCode}
            options={(['refuse', 'flag'] as const).map((value) => ({
              value,
              label: t(`quality.policy.code.${value}`),
            }))}
            onChange={(sameCreditCode: QualityPolicy['sameCreditCode']) => change({ sameCreditCode })}
          />
        </Field>
      </div>
      <p className={styles['faint']}>{t('quality.policy.weightsText')}</p>
      <div className={styles['weights']}>
        {qualityFields.map((field) => (
          <Field key={field} label={t(`quality.field.${field}`)}>
            <InputNumber
              min={0}
              max={100}
              precision={0}
              value={draft[field]}
              onChange={(weight) => change({ [field]: weight ?? 0 })}
            />
          </Field>
        ))}
      </div>
      {save.error === null || isStale ? null : <p role="alert">{save.error.message}</p>}
      <TheirChanges held={held} error={isStale ? save.error : null} labels={labels} theirs={theirs} />
      <div className={styles['foot']}>
        <Button onClick={onClose}>{common('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {common('common.save')}
        </Button>
      </div>
    </form>
  );
}
