import type { TierDefinition, TierFeature, TierPolicy, TierSet } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { ApiError } from '../../../../lib/api-error.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useGo, useParams } from '../../../../lib/navigate.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Dialog } from '../../../../ui/dialog.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import {
  featuresQuery,
  policyQuery,
  setsQuery,
  useCreatePolicy,
  usePublish,
  useSavePolicy,
} from '../api/tiers.js';
import { AxisEditor, Judgements, SumNote } from '../components/axis-editor.js';
import { CutEditor } from '../components/cut-editor.js';
import { PolicyText } from '../components/policy-text.js';
import styles from '../components/tiers.module.css';
import { policyTitle, WhatIfPanel } from '../components/what-if-panel.js';
import { addAxis, changeWhole, usualCuts } from '../policy-draft.js';
import { useMay } from '../use-may.js';
import { useWords } from '../words.js';

export function prefetch({ client, params }: PrefetchInput) {
  return Promise.all([
    client.prefetchQuery(policyQuery(Number(params['policyId']))),
    client.prefetchQuery(setsQuery),
  ]);
}

/** A policy beside what it would do. A published one is read only; a new version begins from it. */
export default function EditPolicy() {
  const t = useWords();
  const id = Number(useParams()['policyId']);
  const query = useQuery(policyQuery(id));
  const sets = useQuery(setsQuery).data?.items;
  return (
    <QueryView
      query={query}
      skeleton={
        <Page title={t('tiers.policy')} back="/grading/policies">
          <SkeletonChart height={320} />
        </Page>
      }
    >
      {(policy) => (
        <Editor key={`${policy.tierPolicyId} ${policy.rowVersion}`} policy={policy} sets={sets ?? []} />
      )}
    </QueryView>
  );
}

interface Draft {
  name: string;
  tierSetId: number;
  definition: TierDefinition;
}

function Editor({ policy, sets }: { policy: TierPolicy; sets: readonly TierSet[] }) {
  const t = useWords();
  const features = useQuery(featuresQuery).data?.items ?? [];
  const [draft, setDraft] = useState<Draft>(policy);
  const mayWrite = useMay('tiers:write');
  const disabled = !mayWrite || policy.status !== 'draft';
  const set = sets.find((each) => each.tierSetId === draft.tierSetId);
  const { definition } = draft;
  return (
    <Page
      title={policyTitle(policy, t)}
      subtitle={t(disabled ? 'tiers.policyRead' : 'tiers.policyEdit')}
      back="/grading/policies"
      actions={mayWrite ? <Actions policy={policy} draft={draft} /> : undefined}
    >
      <div className={styles['columns']}>
        {disabled ? (
          <PolicyText
            {...{ definition, features }}
            tiers={set?.tiers ?? []}
            isPublished={policy.status !== 'draft'}
          />
        ) : (
          <PolicyForm {...{ draft, setDraft, features, sets }} />
        )}
        {mayWrite ? (
          <div className={styles['beside']}>
            <WhatIfPanel
              policy={policy}
              features={features}
              tierSetId={draft.tierSetId}
              definition={definition}
            />
          </div>
        ) : null}
      </div>
    </Page>
  );
}

interface FormProps {
  draft: Draft;
  setDraft: (draft: Draft) => void;
  features: readonly TierFeature[];
  sets: readonly TierSet[];
}

/** A draft to write: name, tier set, axes with their indicators, and how scores become tiers. */
function PolicyForm({ draft, setDraft, features, sets }: FormProps) {
  const t = useWords();
  const { definition } = draft;
  const set = sets.find((each) => each.tierSetId === draft.tierSetId);
  const change = (next: TierDefinition) => setDraft({ ...draft, definition: next });
  const chooseSet = (tierSetId: number) => {
    const tiers = sets.find((each) => each.tierSetId === tierSetId)?.tiers.length ?? 2;
    const cuts = usualCuts(definition.cut, tiers, 1000);
    setDraft({ ...draft, tierSetId, definition: { ...definition, cuts } });
  };
  return (
    <div className={styles['stack']}>
      <Panel title={t('tiers.axes')} hint={t('tiers.axesHint')}>
        <div className={styles['stack']}>
          <div className={styles['row']}>
            <Input
              className={styles['grow'] ?? ''}
              value={draft.name}
              aria-label={t('tiers.policyName')}
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            />
            <Select
              value={set?.tierSetId ?? null}
              aria-label={t('tiers.set')}
              // Until the sets are there its number would stand in place of its name.
              loading={sets.length === 0}
              options={sets.map((each) => ({ value: each.tierSetId, label: each.name }))}
              onChange={chooseSet}
            />
            <Select
              value={definition.axisWeighing}
              aria-label={t('tiers.axisWeighing')}
              options={(['entered', 'ahp'] as const).map((value) => ({
                value,
                label: t(`tiers.weighing.${value}`),
              }))}
              onChange={(axisWeighing) => change(changeWhole(definition, { axisWeighing }))}
            />
          </div>
          {definition.axisWeighing === 'entered' ? (
            <SumNote weights={definition.axes.map((axis) => axis.weight)} />
          ) : null}
          {definition.axes.map((axis, at) => (
            <AxisEditor key={axis.key} {...{ definition, features, at }} onChange={change} />
          ))}
          {definition.axisWeighing === 'ahp' ? (
            <Judgements
              names={definition.axes.map((axis) => axis.name)}
              judgements={definition.axisJudgements}
              onChange={(axisJudgements) => change(changeWhole(definition, { axisJudgements }))}
            />
          ) : null}
          <Button onClick={() => change(addAxis(definition, t('tiers.newAxis'), features))}>
            {t('tiers.addAxis')}
          </Button>
        </div>
      </Panel>
      <Panel title={t('tiers.cuts')} hint={t('tiers.cutsHint')}>
        <CutEditor {...{ definition }} tiers={set?.tiers ?? []} customers={1000} onChange={change} />
      </Panel>
    </div>
  );
}

/** Refusals after which this draft cannot be saved any more. */
const overtaken = new Set(['tiers.not_draft', 'tiers.changed', 'tiers.not_found']);

function Actions({ policy, draft }: { policy: TierPolicy; draft: Draft }) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const save = useSavePolicy(policy.tierPolicyId, () => toast.done(t('tiers.saved')));
  const create = useCreatePolicy();
  const [publishing, setPublishing] = useState(false);
  const { name, tierSetId, definition } = draft;
  const isChanged =
    JSON.stringify({ name, tierSetId, definition }) !==
    JSON.stringify({ name: policy.name, tierSetId: policy.tierSetId, definition: policy.definition });
  const copy = (basedOnId?: number) =>
    create.mutate(
      { name, tierSetId, definition, ...(basedOnId === undefined ? {} : { basedOnId }) },
      {
        onSuccess: (made) => go(`/grading/policies/${made.tierPolicyId}`),
        onError: (error) => toast.failed(error),
      },
    );
  if (policy.status !== 'draft') {
    return (
      <Button type="primary" loading={create.isPending} onClick={() => copy(policy.tierPolicyId)}>
        {t('tiers.newVersion')}
      </Button>
    );
  }
  const keep = () =>
    save.mutate(
      { name, tierSetId, definition, rowVersion: policy.rowVersion },
      { onError: (error) => toast.failed(error) },
    );
  // Somebody published or changed it meanwhile: what was written here is not lost.
  const isOvertaken = save.error instanceof ApiError && overtaken.has(save.error.code);
  return (
    <div className={styles['row']}>
      {isOvertaken ? (
        <Button loading={create.isPending} onClick={() => copy()}>
          {t('tiers.saveAsDraft')}
        </Button>
      ) : null}
      <Button disabled={!isChanged} loading={save.isPending} onClick={keep}>
        {t('tiers.save')}
      </Button>
      <Button
        type="primary"
        disabled={isChanged}
        title={isChanged ? t('tiers.saveFirst') : ''}
        onClick={() => setPublishing(true)}
      >
        {t('tiers.publish')}
      </Button>
      <PublishDialog policy={policy} open={publishing} onClose={() => setPublishing(false)} />
    </div>
  );
}

function PublishDialog({
  policy,
  open,
  onClose,
}: {
  policy: TierPolicy;
  open: boolean;
  onClose: () => void;
}) {
  const t = useWords();
  const go = useGo();
  const toast = useToast();
  const publish = usePublish();
  const [day, setDay] = useState<string | undefined>();
  // Waited for here: the policy that comes back draws the editor anew, and this dialog with its callbacks is gone by then.
  const start = () =>
    publish.mutateAsync({ id: policy.tierPolicyId, rowVersion: policy.rowVersion, effectiveOn: day }).then(
      () => go('/grading'),
      (error: unknown) => toast.failed(error),
    );
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('tiers.publish')}
      footer={
        <Button type="primary" loading={publish.isPending} onClick={() => void start()}>
          {t('tiers.publish')}
        </Button>
      }
    >
      <FieldStack>
        <p className={styles['note']}>{t('tiers.publishText')}</p>
        <Field label={t('tiers.effectiveOn')} hint={t('tiers.effectiveOnHint')}>
          <dayControl.Part label={t('tiers.effectiveOn')} value={day} onChange={setDay} />
        </Field>
      </FieldStack>
    </Dialog>
  );
}
