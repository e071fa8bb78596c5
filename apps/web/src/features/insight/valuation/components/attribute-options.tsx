import type { CustomerAttribute, ValuationOptions } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { Field } from '../../../../ui/field.js';
import { fieldsQuery } from '../api/runs.js';
import { useWords } from '../words.js';
import { useFieldWords } from './use-field-words.js';

interface AttributeOptionsProps {
  options: Partial<ValuationOptions>;
  onChange: (part: Partial<ValuationOptions>) => void;
}

/** What a run may know of the customers: one field that makes segments, or several that orders depend on; not both. */
export function AttributeOptions({ options, onChange }: AttributeOptionsProps) {
  const t = useWords();
  const fieldWord = useFieldWords();
  const query = useQuery(fieldsQuery);
  const choices = (query.data?.items ?? []).map(({ field, customers }) => ({
    value: field,
    label: t('valuation.fieldOf', { field: fieldWord(field), count: customers }),
  }));
  const covariates = options.covariates ?? [];
  return (
    <>
      <Field label={t('valuation.by')} hint={t('valuation.byHint')} optional>
        <Select<CustomerAttribute>
          allowClear
          loading={query.isPending}
          disabled={covariates.length > 0}
          value={options.by ?? null}
          options={choices}
          notFoundContent={t('valuation.noFields')}
          onChange={(by: CustomerAttribute | undefined) => onChange({ by })}
        />
      </Field>
      <Field label={t('valuation.covariates')} hint={t('valuation.covariatesHint')} optional>
        <Select<CustomerAttribute[]>
          mode="multiple"
          maxCount={12}
          loading={query.isPending}
          disabled={options.by !== undefined}
          value={covariates}
          options={choices}
          notFoundContent={t('valuation.noFields')}
          onChange={(chosen) => onChange({ covariates: chosen.length === 0 ? undefined : chosen })}
        />
      </Field>
    </>
  );
}
