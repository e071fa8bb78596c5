import type { CustomerInput, CustomField } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { useFormats } from '../../../../lib/formats.js';
import { ownersQuery } from '../../../../lib/owners.js';
import { readStorage, writeStorage } from '../../../../lib/preferences.js';
import { useSession } from '../../../../lib/session.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { SidePanel } from '../../../../ui/side-panel.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { facetsQuery } from '../../../../lib/customer-facets.js';
import { useCreateCustomer } from '../api/save-customer.js';
import { companyValue } from '../profile-fields.js';
import { useWords } from '../words.js';
import { CompanyInput } from './company-input.js';
import { IdentityFields } from './identity-fields.js';
import { SuggestInput } from './suggest-input.js';
import { useFocus } from './use-focus.js';

type Draft = Pick<CustomerInput, 'name' | 'customerNo' | 'creditCode' | 'region' | 'industry' | 'ownerId'> & {
  phone?: string;
  /** Required fields of the company's own, as typed. */
  own?: Record<string, string>;
};
const draftKey = 'kezi.customers.draft';

function readDraft(ownerId: number): Draft {
  const empty: Draft = { name: '', customerNo: '', ownerId };
  try {
    return { ...empty, ...(JSON.parse(readStorage(draftKey) ?? '{}') as Partial<Draft>) };
  } catch {
    return empty; // written by something else
  }
}

/** What goes to the server: no empty texts. */
function inputOf(draft: Draft, fields: readonly CustomField[], currency: string): CustomerInput {
  const given = (text: string | null | undefined) => (text?.trim() ? text.trim() : null);
  return {
    name: draft.name.trim(),
    customerNo: draft.customerNo.trim().normalize('NFKC'), // full-width digits are typed in Chinese input
    creditCode: given(draft.creditCode),
    ownerId: draft.ownerId ?? null,
    region: given(draft.region),
    industry: given(draft.industry),
    ...(fields.length === 0
      ? {}
      : {
          fields: Object.fromEntries(
            fields.map((field) => [field.key, companyValue(field, draft.own?.[field.key] ?? null, currency)]),
          ),
        }),
    ...(draft.phone?.trim() ? { custom: { phone: draft.phone.trim() } } : {}),
  };
}

interface NewCustomerPanelProps {
  open: boolean;
  onClose: () => void;
  onCreated: (customerId: number) => void;
}

/** A new customer in seven fields. What has been typed outlives a reload. */
export default function NewCustomerPanel({ open, onClose, onCreated }: NewCustomerPanelProps) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const create = useCreateCustomer();
  const me = useSession();
  const focus = useFocus();
  const facets = useQuery({ ...facetsQuery, enabled: open }).data;
  const owners = useQuery({ ...ownersQuery, enabled: open }).data ?? [];
  const labelOf = useFieldLabel();
  const currency = useFormats().currency;
  const required = (useQuery({ ...customFieldsQuery, enabled: open }).data ?? []).filter(
    (field) => field.isRequired,
  );
  const [draft, setDraft] = useState(() => readDraft(me.id));
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  useEffect(() => {
    writeStorage(draftKey, JSON.stringify(draft));
  }, [draft]);
  const missing = (text: string) => (checked && text.trim() === '' ? t('customers.needed') : undefined);
  const refused = (path: string) => create.error?.fields.find((field) => field.path === path)?.message;
  const takenCode = create.error?.code.startsWith('customers.credit_code') ? create.error.message : undefined;
  const taken = create.error?.code === 'customers.number_conflict' ? create.error.message : undefined;
  const submit = () => {
    setChecked(true);
    if (draft.name.trim() === '' || draft.customerNo.trim() === '') return;
    create.mutate(inputOf(draft, required, currency), {
      onSuccess: (made) => {
        setDraft({ name: '', customerNo: '', ownerId: me.id });
        setChecked(false);
        toast.done(t('customers.created', { name: made.name }));
        onCreated(made.customerId);
      },
      onError: (error) => {
        const isShown = /^customers\.(?:number_conflict|credit_code)/.test(error.code);
        if (error.fields.length === 0 && !isShown) toast.failed(error);
      },
    });
  };
  return (
    <SidePanel
      open={open}
      onClose={onClose}
      title={t('customers.new')}
      width={440}
      footer={
        <>
          <Button onClick={onClose}>{common('common.cancel')}</Button>
          <Button type="primary" loading={create.isPending} onClick={submit}>
            {common('common.create')}
          </Button>
        </>
      }
    >
      <FieldStack>
        <Field label={t('customers.name')} error={missing(draft.name) ?? refused('name')}>
          <Input
            ref={focus}
            maxLength={400}
            value={draft.name}
            placeholder={t('customers.nameExample')}
            onChange={(event) => change({ name: event.target.value })}
            onPressEnter={submit}
          />
        </Field>
        <Field
          label={t('customers.number')}
          hint={t('customers.numberHint')}
          error={missing(draft.customerNo) ?? taken ?? refused('customerNo')}
        >
          <Input
            maxLength={200}
            value={draft.customerNo}
            onChange={(event) => change({ customerNo: event.target.value })}
            onPressEnter={submit}
          />
        </Field>
        <IdentityFields draft={draft} change={change} submit={submit} taken={takenCode} />
        {required.map((field) => (
          <CompanyInput
            key={field.key}
            field={field}
            label={labelOf(field)}
            value={draft.own?.[field.key] ?? ''}
            error={missing(draft.own?.[field.key] ?? '')}
            onChange={(value) => change({ own: { ...draft.own, [field.key]: value } })}
          />
        ))}
        <Field label={t('customers.owner')} optional>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={draft.ownerId ?? null}
            options={owners.map((owner) => ({ value: owner.id, label: owner.name }))}
            onChange={(ownerId) => change({ ownerId: ownerId ?? null })}
          />
        </Field>
        <Field label={t('customers.region')} optional>
          <SuggestInput
            allowClear
            value={draft.region ?? ''}
            suggestions={facets?.regions ?? []}
            onChange={(event) => change({ region: event.target.value })}
          />
        </Field>
        <Field label={t('customers.industry')} optional>
          <SuggestInput
            allowClear
            value={draft.industry ?? ''}
            suggestions={facets?.industries ?? []}
            onChange={(event) => change({ industry: event.target.value })}
          />
        </Field>
      </FieldStack>
    </SidePanel>
  );
}
