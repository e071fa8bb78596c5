import {
  customerSizes,
  readFieldCondition,
  salesStages,
  writeFieldCondition,
  type CustomField,
  type CustomFieldKey,
  type FieldCondition,
} from '@kezi/contract';
import { minorDigits } from '@kezi/contract/currencies';
import { useQuery } from '@tanstack/react-query';
import { codesQuery } from '../../../../lib/codes.js';
import { customFieldsQuery, useFieldLabel } from '../../../../lib/custom-fields.js';
import { useFormats } from '../../../../lib/formats.js';
import { ownersQuery } from '../../../../lib/owners.js';
import { useWithChosen } from '../../../../lib/person-names.js';
import { isSet, type Filter } from '../../../../ui/filter.js';
import { facetsQuery } from '../../../../lib/customer-facets.js';
import { useCodeOptions } from '../code-options.js';
import type { CustomersSearch } from '../customers-search.js';
import { useWords } from '../words.js';

interface ProfileFiltersInput {
  search: CustomersSearch;
  onSearch: (change: Partial<CustomersSearch>, options?: { replace?: boolean }) => void;
  /** All of them; else those alone that narrow the list now. */
  unfolded: boolean;
}

type Operator = FieldCondition['operator'];

/** The conditions of one field in the URL, and the change that gives it others. */
function conditionsOf({ search, onSearch }: ProfileFiltersInput, key: string) {
  const all = search.field.flatMap((written) => readFieldCondition(written) ?? []);
  const own = all.filter((condition) => condition.key === key);
  return {
    valuesOf: (operator: Operator) =>
      own.filter((one) => one.operator === operator).map(({ value }) => value),
    put: (conditions: readonly (readonly [Operator, string | undefined])[]) =>
      onSearch({
        field: [
          ...all.filter((condition) => condition.key !== key),
          ...conditions.flatMap(([operator, value]) =>
            value === undefined ? [] : [{ key: key as CustomFieldKey, operator, value }],
          ),
        ].map(writeFieldCondition),
      }),
  };
}

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const textOf = (number: number | undefined) => (number === undefined ? undefined : String(number));

interface FieldParts {
  field: CustomField;
  label: string;
  people: readonly { id: number; name: string }[];
  /** Minor units in one of the currency. */
  minor: number;
}

/** A filter for a field of the company's own. */
function fieldFilter(input: ProfileFiltersInput, { field, label, people, minor }: FieldParts): Filter {
  const { valuesOf, put } = conditionsOf(input, field.key);
  const base = { id: field.key, label };
  const [from] = valuesOf('>=');
  const [to] = valuesOf('<=');
  switch (field.kind) {
    case 'choice':
      return {
        ...base,
        kind: 'choices',
        options: field.choices.map((value) => ({ value, label: value })),
        value: valuesOf('='),
        onChange: (values) => put(values.map((value) => ['=', value] as const)),
      };
    case 'person':
      return {
        ...base,
        kind: 'choices',
        options: people.map((one) => ({ value: String(one.id), label: one.name })),
        value: valuesOf('@'),
        onChange: (values) => put(values.map((value) => ['@', value] as const)),
      };
    case 'date':
      return {
        ...base,
        kind: 'dates',
        value: { from, to },
        onChange: (days) =>
          put([
            ['>=', days.from],
            ['<=', days.to],
          ]),
      };
    case 'number':
    case 'money': {
      const size = field.kind === 'money' ? minor : 1;
      const shown = (text: string | undefined) => (text === undefined ? undefined : Number(text) / size);
      const meant = (typed: number | undefined) => (typed === undefined ? undefined : typed * size);
      return {
        ...base,
        kind: 'range',
        value: { min: shown(textOf(numberOf(from))), max: shown(to) },
        onChange: ({ min, max }) =>
          put([
            ['>=', textOf(meant(min))],
            ['<=', textOf(meant(max))],
          ]),
      };
    }
    case 'text':
      break;
  }
  return {
    ...base,
    kind: 'text',
    value: valuesOf('^')[0] ?? valuesOf('=')[0],
    onChange: (text) => put([['^', text]]),
  };
}

function useKnownFilters({ search, onSearch }: ProfileFiltersInput): Filter[] {
  const t = useWords();
  const facets = useQuery(facetsQuery).data;
  const plain = (values: readonly string[] = []) => values.map((value) => ({ value, label: value }));
  return [
    {
      id: 'salesStage',
      label: t('customers.salesStage'),
      kind: 'choices',
      options: salesStages.map((value) => ({ value, label: t(`customers.salesStage.${value}`) })),
      value: search.salesStage,
      onChange: (values) => onSearch({ salesStage: values as CustomersSearch['salesStage'] }),
    },
    {
      id: 'size',
      label: t('customers.size'),
      kind: 'choices',
      options: customerSizes.map((value) => ({ value, label: t(`customers.size.${value}`) })),
      value: search.size,
      onChange: (values) => onSearch({ size: values as CustomersSearch['size'] }),
    },
    {
      id: 'source',
      label: t('customers.source'),
      kind: 'choices',
      options: plain(facets?.sources),
      value: search.source,
      onChange: (source) => onSearch({ source }),
    },
    {
      id: 'tag',
      label: t('customers.tags'),
      kind: 'choices',
      options: plain(facets?.tags),
      value: search.tag,
      onChange: (tag) => onSearch({ tag }),
    },
  ];
}

function useCodeFilters({ search, onSearch, unfolded }: ProfileFiltersInput): Filter[] {
  const t = useWords();
  const { industryCode, countryCode, divisionCode } = search;
  const isAsked = unfolded || industryCode.length + countryCode.length + divisionCode.length > 0;
  const codes = useQuery({ ...codesQuery, enabled: isAsked }).data;
  const { industries, countries, divisions } = useCodeOptions(codes);
  return [
    {
      id: 'industryCode',
      label: t('customers.industryCode'),
      kind: 'choices',
      options: industries,
      value: industryCode,
      onChange: (values) => onSearch({ industryCode: values }),
    },
    {
      id: 'countryCode',
      label: t('customers.countryCode'),
      kind: 'choices',
      options: countries,
      value: countryCode,
      onChange: (values) => onSearch({ countryCode: values }),
    },
    {
      id: 'divisionCode',
      label: t('customers.divisionCode'),
      kind: 'choices',
      options: divisions,
      value: divisionCode,
      onChange: (values) => onSearch({ divisionCode: values }),
    },
  ];
}

/** Filters by what is known of customers beside value and orders, and by the company's own fields. */
export function useProfileFilters(input: ProfileFiltersInput): Filter[] {
  const f = useFormats();
  const labelOf = useFieldLabel();
  const fields = useQuery(customFieldsQuery).data ?? [];
  const isPerson = new Set(fields.filter(({ kind }) => kind === 'person').map(({ key }) => key));
  const chosen = input.search.field
    .flatMap((written) => readFieldCondition(written) ?? [])
    .filter(({ key }) => isPerson.has(key))
    .map(({ value }) => Number(value));
  const people = useWithChosen(useQuery(ownersQuery).data, chosen);
  const minor = 10 ** minorDigits(f.currency);
  const own = fields.map((field) => fieldFilter(input, { field, label: labelOf(field), people, minor }));
  const all = [...useKnownFilters(input), ...useCodeFilters(input), ...own];
  return input.unfolded ? all : all.filter(isSet);
}
