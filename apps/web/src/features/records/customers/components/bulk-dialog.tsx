import {
  customerSizes,
  salesStages,
  type BulkChange,
  type CustomerSelection,
  type CustomField,
  type CustomerSize,
  type SalesStage,
} from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { codesQuery } from '../../../../lib/codes.js';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { useFormats } from '../../../../lib/formats.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { undoEdit, useEditCustomers } from '../api/save-customer.js';
import { useCodeOptions } from '../code-options.js';
import { companyValue } from '../profile-fields.js';
import { useWords } from '../words.js';
import { CompanyInput } from './company-input.js';
import styles from './register.module.css';

interface Draft {
  salesStage?: SalesStage | undefined;
  size?: CustomerSize | undefined;
  industryCode?: string | undefined;
  divisionCode?: string | undefined;
  source: string;
  region: string;
  addTags: string;
  removeTags: string;
  field?: string | undefined;
  value: string;
}

const untouched: Draft = { source: '', region: '', addTags: '', removeTags: '', value: '' };
const tagsOf = (text: string) =>
  text
    .split(/[、,，;；]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

/** Only what was filled in; null where nothing was. */
function changeOf(draft: Draft, field: CustomField | undefined, currency: string): BulkChange | null {
  const { source, region, addTags, removeTags, field: _key, value, ...chosen } = draft;
  const change: BulkChange = {
    ...(Object.fromEntries(
      Object.entries(chosen).filter(([, one]) => one !== undefined),
    ) as Partial<BulkChange>),
    ...(source.trim() === '' ? {} : { source: source.trim() }),
    ...(region.trim() === '' ? {} : { region: region.trim() }),
    ...(tagsOf(addTags).length === 0 ? {} : { addTags: tagsOf(addTags) }),
    ...(tagsOf(removeTags).length === 0 ? {} : { removeTags: tagsOf(removeTags) }),
    ...(field === undefined || value === ''
      ? {}
      : { fields: { [field.key]: companyValue(field, value, currency) } }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

interface BulkDialogProps {
  customers: CustomerSelection;
  onClose: () => void;
}

/** One change of all customers that were ticked. What is left empty stays as it is. */
export default function BulkDialog({ customers, onClose }: BulkDialogProps) {
  const t = useWords();
  const c = useCommonWords();
  const f = useFormats();
  const toast = useToast();
  const client = useQueryClient();
  const edit = useEditCustomers();
  const [draft, setDraft] = useState(untouched);
  const fields = useQuery(customFieldsQuery).data ?? [];
  const field = fields.find(({ key }) => key === draft.field);
  const change = changeOf(draft, field, f.currency);
  const takeBack = async (bulkEditId: number) => {
    const { restored, touched } = await undoEdit(bulkEditId);
    await client.invalidateQueries({ queryKey: ['customers'] });
    if (touched > 0) toast.done(t('customers.bulk.undone', { restored, touched }));
  };
  const submit = () => {
    if (change === null) return;
    edit.mutate(
      { customers, change },
      {
        onSuccess: ({ bulkEditId, customers: count }) => {
          onClose();
          toast.undo(t('customers.bulk.done', { count: f.count(count) }), () => takeBack(bulkEditId));
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width={560}
      title={t('customers.bulk.title')}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button type="primary" disabled={change === null} loading={edit.isPending} onClick={submit}>
            {t('customers.bulk.go')}
          </Button>
        </>
      }
    >
      <p className={styles['none']}>{t('customers.bulk.hint')}</p>
      <FieldStack>
        <KnownInputs draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
        {fields.length === 0 ? null : (
          <OwnInputs
            draft={draft}
            fields={fields}
            field={field}
            onChange={(part) => setDraft({ ...draft, ...part })}
          />
        )}
      </FieldStack>
      {edit.error ? <ErrorState error={edit.error} size="band" /> : null}
    </Dialog>
  );
}

interface InputsProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

function KnownInputs({ draft, onChange }: InputsProps) {
  const t = useWords();
  const { industries, divisions } = useCodeOptions(useQuery(codesQuery).data);
  const shared = { allowClear: true, placeholder: t('customers.bulk.keep') };
  const found = { ...shared, showSearch: { optionFilterProp: 'label' } };
  return (
    <>
      <Field label={t('customers.salesStage')}>
        <Select<SalesStage>
          {...shared}
          value={draft.salesStage ?? null}
          options={salesStages.map((value) => ({ value, label: t(`customers.salesStage.${value}`) }))}
          onChange={(salesStage?: SalesStage) => onChange({ salesStage })}
        />
      </Field>
      <Field label={t('customers.size')}>
        <Select<CustomerSize>
          {...shared}
          value={draft.size ?? null}
          options={customerSizes.map((value) => ({ value, label: t(`customers.size.${value}`) }))}
          onChange={(size?: CustomerSize) => onChange({ size })}
        />
      </Field>
      <Field label={t('customers.industryCode')}>
        <Select<string>
          {...found}
          value={draft.industryCode ?? null}
          options={industries}
          onChange={(industryCode?: string) => onChange({ industryCode })}
        />
      </Field>
      <Field label={t('customers.divisionCode')}>
        <Select<string>
          {...found}
          value={draft.divisionCode ?? null}
          options={divisions}
          onChange={(divisionCode?: string) => onChange({ divisionCode })}
        />
      </Field>
      {(['source', 'region'] as const).map((name) => (
        <Field key={name} label={t(`customers.${name}`)}>
          <Input
            maxLength={100}
            value={draft[name]}
            placeholder={t('customers.bulk.keep')}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        </Field>
      ))}
      {(['addTags', 'removeTags'] as const).map((name) => (
        <Field key={name} label={t(`customers.bulk.${name}`)} hint={t('customers.bulk.tagsHint')}>
          <Input
            maxLength={400}
            value={draft[name]}
            onChange={(event) => onChange({ [name]: event.target.value })}
          />
        </Field>
      ))}
    </>
  );
}

interface OwnInputsProps extends InputsProps {
  fields: readonly CustomField[];
  field: CustomField | undefined;
}

function OwnInputs({ draft, fields, field, onChange }: OwnInputsProps) {
  const t = useWords();
  const labelOf = useFieldLabel();
  return (
    <>
      <Field label={t('customers.bulk.field')}>
        <Select<string>
          allowClear
          value={draft.field ?? null}
          placeholder={t('customers.bulk.keep')}
          options={fields.map((one) => ({ value: one.key, label: labelOf(one) }))}
          onChange={(key?: string) => onChange({ field: key, value: '' })}
        />
      </Field>
      {field === undefined ? null : (
        <CompanyInput
          field={field}
          label={t('customers.bulk.value')}
          value={draft.value}
          onChange={(value) => onChange({ value })}
        />
      )}
    </>
  );
}
