import type { CustomField } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { ownersQuery } from '../../../../lib/owners.js';
import { useWithChosen } from '../../../../lib/person-names.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Field } from '../../../../ui/field.js';

interface CompanyInputProps {
  field: CustomField;
  label: string;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}

/** The input for a value of one field of the company's own; everything is typed as text and meant by the field's kind. */
export function CompanyInput({ field, label, value, error, onChange }: CompanyInputProps) {
  const offered = useQuery({ ...ownersQuery, enabled: field.kind === 'person' }).data;
  const people = useWithChosen(offered, field.kind === 'person' && value !== '' ? [Number(value)] : []);
  if (field.kind === 'date') {
    const day = value === '' ? undefined : value;
    return <dayControl.Part label={label} value={day} onChange={(chosen) => onChange(chosen ?? '')} />;
  }
  if (field.kind === 'choice' || field.kind === 'person') {
    const options =
      field.kind === 'choice'
        ? field.choices.map((one) => ({ value: one, label: one }))
        : people.map((one) => ({ value: String(one.id), label: one.name }));
    return (
      <Field label={label} error={error}>
        <Select<string>
          showSearch={{ optionFilterProp: 'label' }}
          value={value === '' ? null : value}
          options={options}
          onChange={(chosen) => onChange(chosen)}
        />
      </Field>
    );
  }
  return (
    <Field label={label} error={error}>
      <Input maxLength={4000} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
