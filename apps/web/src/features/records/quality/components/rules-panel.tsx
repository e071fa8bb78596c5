import type { ValidationRule, ValidationRuleInput } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useCan } from '../../../../lib/session.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { useToast } from '../../../../ui/toast.js';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { rulesQuery, useAddRule, useDeleteRule } from '../api/quality.js';
import { useWords } from '../words.js';
import styles from './quality.module.css';

const known = ['shortName', 'legalName', 'creditCode', 'region', 'industry', 'phone', 'address'] as const;

function useFieldName(): (field: string) => string {
  const t = useWords();
  const label = useFieldLabel();
  const ofCompany = useQuery(customFieldsQuery).data ?? [];
  return (field) => {
    const own = ofCompany.find(({ key }) => key === field);
    if (own) return label(own);
    const name = field.replace(/^custom\./, '');
    const usual = known.find((one) => one === name);
    return usual ? t(`quality.field.${usual}`) : name;
  };
}

/** What customers must fulfil; administrators write it. */
export function RulesPanel() {
  const t = useWords();
  const query = useQuery(rulesQuery);
  const canWrite = useCan('quality:write');
  return (
    <Panel title={t('quality.rules')}>
      <div className={styles['sections']}>
        <p className={styles['faint']}>{t('quality.rulesText')}</p>
        <QueryView
          query={query}
          empty={({ items }) => items.length === 0}
          emptyView={<p>{t('quality.noRules')}</p>}
        >
          {({ items }) => (
            <ul className={styles['rules']}>
              {items.map((rule) => (
                <RuleLine key={rule.validationRuleId} rule={rule} canWrite={canWrite} />
              ))}
            </ul>
          )}
        </QueryView>
        {canWrite ? <NewRule /> : null}
      </div>
    </Panel>
  );
}

function RuleLine({ rule, canWrite }: { rule: ValidationRule; canWrite: boolean }) {
  const t = useWords();
  const toast = useToast();
  const nameOf = useFieldName();
  const confirm = useConfirm();
  const remove = useDeleteRule();
  const field = nameOf(rule.field);
  const demand =
    rule.kind === 'required'
      ? t('quality.rule.required', { field })
      : t('quality.rule.pattern', { field, pattern: rule.pattern ?? '' });
  const where =
    rule.whenField === null
      ? ''
      : t('quality.rule.when', { field: nameOf(rule.whenField), values: rule.whenValues.join('、') });
  const askToRemove = async () => {
    const isSure = await confirm({
      title: t('quality.rule.deleteAsk', { rule: `${demand}${where}` }),
      text: t('quality.rule.deleteText'),
      action: t('quality.rule.deleteDo'),
      danger: true,
    });
    if (!isSure) return;
    remove.mutate(rule.validationRuleId, {
      onSuccess: () => toast.done(t('quality.rule.deleted')),
      onError: (error) => toast.failed(error),
    });
  };
  return (
    <li className={styles['rule']}>
      <span>{`${demand}${where}`}</span>
      {canWrite ? (
        <Button size="small" loading={remove.isPending} onClick={() => void askToRemove()}>
          {t('quality.rule.delete')}
        </Button>
      ) : null}
    </li>
  );
}

interface Draft {
  field: string;
  kind: 'required' | 'pattern';
  pattern: string;
  industries: string;
  message: string;
}

const empty: Draft = { field: 'region', kind: 'required', pattern: '', industries: '', message: '' };

function ruleOf(draft: Draft): ValidationRuleInput {
  const industries = draft.industries
    .split(/[,，、]/)
    .map((industry) => industry.trim())
    .filter(Boolean);
  return {
    field: draft.field,
    kind: draft.kind,
    pattern: draft.kind === 'pattern' ? draft.pattern.trim() || null : null,
    whenField: industries.length === 0 ? null : 'industry',
    whenValues: industries,
    message: draft.message.trim() || null,
    isActive: true,
  };
}

function NewRule() {
  const t = useWords();
  const toast = useToast();
  const nameOf = useFieldName();
  const add = useAddRule();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const submit = () =>
    add.mutate(ruleOf(draft), {
      onSuccess: () => {
        setDraft(empty);
        toast.done(t('quality.rule.added'));
      },
      onError: (error) => toast.failed(error),
    });
  const ofCompany = useQuery(customFieldsQuery).data ?? [];
  const usual = known.map((name) => (name === 'phone' || name === 'address' ? `custom.${name}` : name));
  const fields = [...usual, ...ofCompany.map(({ key }) => key)];
  const chosen = ofCompany.find(({ key }) => key === draft.field);
  // Sums and people have no way of writing that a rule could ask for.
  const kinds: Draft['kind'][] =
    chosen?.kind === 'money' || chosen?.kind === 'person' ? ['required'] : ['required', 'pattern'];
  return (
    <FieldStack>
      <Field label={t('quality.rule.field')}>
        <Select
          value={draft.field}
          options={fields.map((field) => ({ value: field, label: nameOf(field) }))}
          onChange={(field: string) => change({ field, kind: 'required' })}
        />
      </Field>
      <Field label={t('quality.rule.kind')}>
        <Select
          value={draft.kind}
          options={kinds.map((kind) => ({
            value: kind,
            label: t(`quality.rule.kind.${kind}`),
          }))}
          onChange={(kind: Draft['kind']) => change({ kind })}
        />
      </Field>
      {draft.kind === 'pattern' ? (
        <Field label={t('quality.rule.patternLabel')} hint={t('quality.rule.patternHint')}>
          <Input
            maxLength={100}
            value={draft.pattern}
            onChange={(event) => change({ pattern: event.target.value })}
          />
        </Field>
      ) : null}
      <Field label={t('quality.rule.whenIndustry')} optional>
        <Input value={draft.industries} onChange={(event) => change({ industries: event.target.value })} />
      </Field>
      <Field label={t('quality.rule.message')} optional>
        <Input
          maxLength={300}
          value={draft.message}
          onChange={(event) => change({ message: event.target.value })}
        />
      </Field>
      <Button loading={add.isPending} onClick={submit}>
        {t('quality.rule.add')}
      </Button>
    </FieldStack>
  );
}
