import {
  customerSizes,
  customerSorts,
  fieldCondition,
  isFieldKey,
  lifecycleStage,
  rfmSegment,
  salesStages,
  timelineKinds,
  type CustomerFilter,
} from '@kezi/contract';
import { z } from 'zod';
import { customerTabGroups } from '../../../lib/feature.js';

/** A text that the URL may hold as a number: a customer number of digits alone. */
const text = z.coerce.string().max(200).optional().catch(undefined);
const figure = z.coerce.number().optional().catch(undefined);
const share = z.coerce.number().min(0).max(1).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** A list, or one value that stands for a list; what does not fit is dropped, so that an old link still opens. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .preprocess(
      (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
      z.array(item.nullable().catch(null)),
    )
    .transform((values) => values.filter((value) => value !== null) as z.infer<Item>[])
    .catch([]);
}

const customerTab = z.enum(Object.values(customerTabGroups).flat()).catch('overview');
/** The state of a customer's own page. */
export const customerSearch = z.object({ tab: customerTab });
/** The customer in the side panel, whatever page it stands beside. */
export const besideSearch = z.object({
  customer: z.coerce.number().int().positive().optional().catch(undefined),
  customerTab,
  /** What its timeline is narrowed to, as the timeline itself reads it. */
  timeline: listOf(z.enum(timelineKinds)),
});

const sortNames = customerSorts.flatMap((name) => [name, `-${name}`]);

/** The register's state in the URL. The names of the filters are those of the API, so that a link can be written by hand. */
export const customersSearch = z.object({
  q: text,
  industry: listOf(z.coerce.string()),
  region: listOf(z.coerce.string()),
  segment: listOf(rfmSegment),
  tierId: listOf(z.coerce.number().int()),
  stage: listOf(lifecycleStage),
  segmentId: listOf(z.coerce.number().int()),
  ownerId: listOf(z.coerce.number().int()),
  teamId: listOf(z.coerce.number().int()),
  parentCustomerId: figure,
  size: listOf(z.enum(customerSizes)),
  salesStage: listOf(z.enum(salesStages)),
  source: listOf(z.coerce.string()),
  tag: listOf(z.coerce.string()),
  industryCode: listOf(z.coerce.string().transform((code) => code.padStart(/^\d$/.test(code) ? 2 : 1, '0'))),
  countryCode: listOf(z.string()),
  divisionCode: listOf(z.coerce.string()),
  field: listOf(fieldCondition),
  clvMin: figure,
  clvMax: figure,
  pAliveMin: share,
  pAliveMax: share,
  lastOrderFrom: day,
  lastOrderTo: day,
  sort: z
    .string()
    // By a field of the company's own as well.
    .refine((name) => sortNames.includes(name) || isFieldKey(name.replace(/^-/, '')))
    .catch('-clv'),
  /** The customer in the side panel. */
  customer: besideSearch.shape.customer,
  /** The form of a new customer is open. */
  new: z.stringbool().or(z.boolean()).catch(false),
  /** The saved view from which the list began. */
  view: z.coerce.number().int().positive().optional().catch(undefined),
});
export type CustomersSearch = z.infer<typeof customersSearch>;

const filterKeys = [
  'q',
  'industry',
  'region',
  'segment',
  'tierId',
  'stage',
  'segmentId',
  'ownerId',
  'teamId',
  'parentCustomerId',
  'size',
  'salesStage',
  'source',
  'tag',
  'industryCode',
  'countryCode',
  'divisionCode',
  'field',
  'clvMin',
  'clvMax',
  'pAliveMin',
  'pAliveMax',
  'lastOrderFrom',
  'lastOrderTo',
] as const satisfies readonly (keyof CustomerFilter)[];

const isSet = (value: unknown) =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/** What narrows the list, without what is not set: the query of the list, the count and the export. */
export function filterOf(search: CustomersSearch): CustomerFilter {
  return Object.fromEntries(
    filterKeys.flatMap((key) => (isSet(search[key]) ? [[key, search[key]] as const] : [])),
  );
}

/** The search of a reader from whom values are kept: a list in their order, or within bounds of them, would be refused. */
export function withoutValue(search: CustomersSearch): CustomersSearch {
  const sort = /^-?clv$/.test(search.sort) ? 'name' : search.sort;
  return { ...search, sort, clvMin: undefined, clvMax: undefined };
}

/** `-clv` as the API has it. */
export function sortOf(search: Pick<CustomersSearch, 'sort'>): { sort: string; order: 'asc' | 'desc' } {
  return search.sort.startsWith('-')
    ? { sort: search.sort.slice(1), order: 'desc' }
    : { sort: search.sort, order: 'asc' };
}

export const isNarrowed = (search: CustomersSearch) => filterKeys.some((key) => isSet(search[key]));

/** Every filter as if it had never been touched. */
export const noFilter: Partial<CustomersSearch> = {
  q: undefined,
  industry: [],
  region: [],
  segment: [],
  tierId: [],
  stage: [],
  segmentId: [],
  ownerId: [],
  teamId: [],
  parentCustomerId: undefined,
  size: [],
  salesStage: [],
  source: [],
  tag: [],
  industryCode: [],
  countryCode: [],
  divisionCode: [],
  field: [],
  clvMin: undefined,
  clvMax: undefined,
  pAliveMin: undefined,
  pAliveMax: undefined,
  lastOrderFrom: undefined,
  lastOrderTo: undefined,
};

/** What a saved view keeps of the URL: filters and sort, not what is open. */
export function stateOf(search: CustomersSearch): Record<string, unknown> {
  return { ...filterOf(search), sort: search.sort };
}

/** A saved view as the change of the URL that shows it; what it does not name goes back to its default. */
export function searchOfState(state: Record<string, unknown>): Partial<CustomersSearch> {
  const parsed = customersSearch.parse(state);
  const { customer: _customer, new: _new, view: _view, ...kept } = parsed;
  return { ...noFilter, ...kept };
}

const ordered = (state: Record<string, unknown>) =>
  JSON.stringify(Object.entries(state).sort(([one], [other]) => (one < other ? -1 : 1)));

/** Whether the list still shows what the view says. */
export function showsState(search: CustomersSearch, state: Record<string, unknown>): boolean {
  return ordered(stateOf(search)) === ordered(stateOf(customersSearch.parse(state)));
}
