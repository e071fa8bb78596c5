import type { ValidationRule } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import type { ApiError } from '../../../../lib/api-error.js';
import { customFieldsQuery } from '../../../../lib/custom-fields.js';
import { facetsQuery } from '../../../../lib/customer-facets.js';
import { useLatestDraft, type LatestDraft } from '../../../../lib/latest-draft.js';
import { Field } from '../../../../ui/field.js';
import { TheirChanges } from '../../../../ui/their-changes.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { rulesQuery, useAddRule, useChangeRule } from '../api/quality.js';
import { draftOf, faultsOf, inputOf, isWritten, usualFields, type RuleDraft } from '../rule-draft.js';
import { useWords } from '../words.js';
import styles from './quality.module.css';
import { useFieldName } from './rule-names.js';

interface RuleFormProps {
  /** Null for a new one. */
  rule: ValidationRule | null;
  onClose: () => void;
}

/** Opens in the place of the rule. */
export function RuleForm({ rule, onClose }: RuleFormProps) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const client = useQueryClient();
  const held = useLatestDraft(rule?.rowVersion ?? null, () => draftOf(rule));
  const { draft } = held;
  const [isChecked, setChecked] = useState(false);
  const add = useAddRule();
  const save = useChangeRule();
  const { error, isPending } = rule === null ? add : save;
  const isStale = error?.code === 'quality.rule_changed';
  const submit = () => {
    setChecked(true);
    if (faultsOf(draft).length > 0) return;
    const onSuccess = () => {
      toast.done(t(rule === null ? 'quality.rule.added' : 'quality.rule.saved'));
      onClose();
    };
    // The newest version is fetched and merged: saving again means to write over it.
    const onError = (failed: ApiError) => {
      if (failed.code === 'quality.rule_changed') void client.invalidateQueries(rulesQuery);
    };
    if (rule === null) return add.mutate(inputOf(draft), { onSuccess });
    const change = { ...inputOf(draft), rowVersion: held.version ?? rule.rowVersion };
    save.mutate({ id: rule.validationRuleId, change }, { onSuccess, onError });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the controls in it
    <form
      className={styles['form']}
      aria-label={t(rule === null ? 'quality.rule.add' : 'quality.rule.edit')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <RuleFields draft={draft} change={held.change} faults={isChecked ? faultsOf(draft) : []} />
      {rule === null ? null : (
        <Checkbox
          checked={draft.isActive}
          onChange={(event) => held.change({ isActive: event.target.checked })}
        >
          {t('quality.rule.active')}
        </Checkbox>
      )}
      {error === null || isStale ? null : <p role="alert">{error.message}</p>}
      <RuleChanges held={held} error={isStale ? error : null} />
      <div className={styles['foot']}>
        <Button onClick={onClose}>{common('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {common(rule === null ? 'common.add' : 'common.save')}
        </Button>
      </div>
    </form>
  );
}

function RuleChanges({ held, error }: { held: LatestDraft<RuleDraft>; error: ApiError | null }) {
  const t = useWords();
  const common = useCommonWords();
  const nameOf = useFieldName();
  const { field, kind, pattern, whenField, whenValues, message, isActive } = held.opened;
  const labels: Record<keyof RuleDraft, string> = {
    field: t('quality.rule.field'),
    kind: t('quality.rule.kind'),
    pattern: t('quality.rule.patternLabel'),
    whenField: t('quality.rule.whenField'),
    whenValues: t('quality.rule.whenValues'),
    message: t('quality.rule.message'),
    isActive: t('quality.rule.active'),
  };
  const theirs: Record<keyof RuleDraft, string> = {
    field: nameOf(field),
    kind: t(`quality.rule.kind.${kind}`),
    pattern,
    whenField: whenField === null ? t('quality.rule.always') : nameOf(whenField),
    whenValues: whenValues.join(', '),
    message,
    isActive: common(isActive ? 'common.yes' : 'common.no'),
  };
  return <TheirChanges held={held} error={error} labels={labels} theirs={theirs} />;
}

interface FieldsProps {
  draft: RuleDraft;
  change: (part: Partial<RuleDraft>) => void;
  faults: readonly string[];
}

function RuleFields(props: FieldsProps) {
  const t = useWords();
  const nameOf = useFieldName();
  const { draft, change, faults } = props;
  const own = useQuery(customFieldsQuery).data ?? [];
  // One that a file brought, or REST named, is kept.
  const fields = [...new Set([...usualFields, ...own.map(({ key }) => key), draft.field])];
  const kinds: RuleDraft['kind'][] = isWritten(draft.field, own) ? ['required', 'pattern'] : ['required'];
  return (
    <div className={styles['fields']}>
      <Field label={t('quality.rule.field')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.field}
          options={fields.map((field) => ({ value: field, label: nameOf(field) }))}
          onChange={(field: string) =>
            change({ field, ...(isWritten(field, own) ? {} : { kind: 'required' }) })
          }
        />
      </Field>
      <Field label={t('quality.rule.kind')}>
        <Select
          value={draft.kind}
          options={kinds.map((kind) => ({ value: kind, label: t(`quality.rule.kind.${kind}`) }))}
          onChange={(kind: RuleDraft['kind']) => change({ kind })}
        />
      </Field>
      {draft.kind === 'pattern' ? (
        <Field
          label={t('quality.rule.patternLabel')}
          hint={t('quality.rule.patternHint')}
          error={faults.includes('pattern') ? t('quality.rule.patternNeeded') : undefined}
        >
          <Input
            maxLength={100}
            value={draft.pattern}
            onChange={(event) => change({ pattern: event.target.value })}
          />
        </Field>
      ) : null}
      <WhenFields {...props} />
      <Field label={t('quality.rule.message')} hint={t('quality.rule.messageHint')} optional>
        <Input
          maxLength={300}
          value={draft.message}
          onChange={(event) => change({ message: event.target.value })}
        />
      </Field>
    </div>
  );
}

const everybody = '';

/** Of whom the rule asks it: all customers, or those whose field has one of some values. */
function WhenFields({ draft, change, faults }: FieldsProps) {
  const t = useWords();
  const nameOf = useFieldName();
  const own = useQuery(customFieldsQuery).data ?? [];
  const facets = useQuery({ ...facetsQuery, enabled: draft.whenField !== null }).data;
  const conditions = [...usualFields, ...own.map(({ key }) => key)].filter((field) => isWritten(field, own));
  const fields = new Set([...conditions, ...(draft.whenField === null ? [] : [draft.whenField])]);
  const choices = own.find(({ key, kind }) => key === draft.whenField && kind === 'choice')?.choices;
  const known = { industry: facets?.industries, region: facets?.regions }[draft.whenField ?? ''];
  return (
    <>
      <Field label={t('quality.rule.whenField')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={draft.whenField ?? everybody}
          options={[
            { value: everybody, label: t('quality.rule.always') },
            ...[...fields].map((field) => ({
              value: field,
              label: t('quality.rule.by', { field: nameOf(field) }),
            })),
          ]}
          onChange={(field: string) =>
            change({ whenField: field === everybody ? null : field, whenValues: [] })
          }
        />
      </Field>
      {draft.whenField === null ? null : (
        <Field
          label={t('quality.rule.whenValues')}
          hint={choices ? undefined : t('quality.rule.whenValuesHint')}
          error={faults.includes('whenValues') ? t('quality.rule.whenValuesNeeded') : undefined}
        >
          <Select
            mode={choices ? 'multiple' : 'tags'}
            maxCount={50}
            tokenSeparators={[',', '，', '、', ';', '；']}
            value={[...draft.whenValues]}
            options={(choices ?? known ?? []).map((value) => ({ value, label: value }))}
            onChange={(whenValues: string[]) =>
              change({ whenValues: whenValues.map((value) => value.trim()).filter(Boolean) })
            }
          />
        </Field>
      )}
    </>
  );
}
