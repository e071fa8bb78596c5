import { useQuery } from '@tanstack/react-query';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { usualFields } from '../rule-draft.js';
import { useWords } from '../words.js';

const known: Readonly<Record<(typeof usualFields)[number], Parameters<ReturnType<typeof useWords>>[0]>> = {
  name: 'quality.field.name',
  shortName: 'quality.field.shortName',
  legalName: 'quality.field.legalName',
  creditCode: 'quality.field.creditCode',
  registryNo: 'quality.field.registryNo',
  region: 'quality.field.region',
  industry: 'quality.field.industry',
  ownerId: 'quality.field.owner',
  parentCustomerId: 'quality.field.parent',
  'custom.phone': 'quality.field.phone',
  'custom.email': 'quality.field.mail',
  'custom.contactName': 'quality.field.contact',
  'custom.address': 'quality.field.address',
  'custom.taxNumber': 'quality.field.taxNumber',
};

/** What a field that a rule is about is called. */
export function useFieldName(): (field: string) => string {
  const t = useWords();
  const label = useFieldLabel();
  const ofCompany = useQuery(customFieldsQuery).data ?? [];
  return (field) => {
    const own = ofCompany.find(({ key }) => key === field);
    if (own) return label(own);
    const usual = usualFields.find((one) => one === field);
    return usual ? t(known[usual]) : field.replace(/^custom\./, '');
  };
}
