import type { Permission } from '@kezi/contract';
import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import type { WordFiles } from './words.js';

/** The rail, top to bottom, in the user's words (app/locale has them). A place shows when a feature the reader may use stands there. */
export const places = [
  'today',
  'customers',
  'value',
  'grading',
  'action',
  'voice',
  'loyalty',
  'books',
  'reports',
  'settings',
] as const;
export type Place = (typeof places)[number];

export interface PrefetchInput {
  client: QueryClient;
  params: Record<string, string>;
  /** As it stands in the URL; parse it with the page's own schema. */
  search: Record<string, unknown>;
}

export interface PageModule {
  default: () => ReactNode;
  /** Starts the page's queries; runs when a link to it is hovered and when it is entered. */
  prefetch?: (input: PrefetchInput) => unknown;
}

export interface FeatureRoute {
  /** `/customers/$customerId` */
  path: string;
  /** Locale key of the page's name: in the command palette and while the page loads. */
  title?: string;
  permission?: Permission;
  page?: () => Promise<PageModule>;
  redirect?: string;
  /** Drawn without rail and top bar, and open to a reader who is not signed in. */
  bare?: boolean;
}

/**
 * Headings under which the entries of a crowded place stand, top to bottom; app/locale has their words. A new entry of
 * such a place names one of them; an entry of any other place names none.
 */
export const placeGroups = {
  customers: ['register', 'trade', 'ownership', 'data'],
  settings: ['own', 'company', 'records', 'guard', 'links'],
} as const satisfies Partial<Record<Place, readonly string[]>>;
type GroupedPlace = keyof typeof placeGroups;

type PlaceOfEntry =
  | {
      [Grouped in GroupedPlace]: { place: Grouped; group: (typeof placeGroups)[Grouped][number] };
    }[GroupedPlace]
  | { place: Exclude<Place, GroupedPlace>; group?: never };

export type MenuEntry = PlaceOfEntry & {
  path: string;
  /** Locale key; needed where several features share a place. Of `locale/menu.*`, which app/locale gathers. */
  label?: string;
  /** Among the entries of one place or of one heading, low first; default 0. */
  order?: number;
  permission?: Permission;
};

export interface Command {
  id: string;
  /** Locale key. */
  label: string;
  path: string;
  permission?: Permission;
  /** Pinyin and initials, space between: found by what is typed on a Latin keyboard. */
  keywords?: string;
}

export interface FoundRecord {
  id: string;
  title: string;
  /** What tells it from another of the same name. */
  note?: string;
  path: string;
}

/** Looks records up for the one search at the top; at most ten answers, best first. */
export type SearchRecords = (text: string, options: { signal: AbortSignal }) => Promise<FoundRecord[]>;

/**
 * The page of a customer: its groups left to right, and the tabs of each in their order. A tab that a feature brings is
 * named here once, has its word in `customers.tab.<name>` and comes with the feature's `customerPart`.
 */
export const customerTabGroups = {
  overview: ['overview'],
  activity: ['timeline', 'notes'],
  relations: ['contacts', 'group'],
  trade: ['orders', 'products', 'contracts'],
  value: ['tier', 'lifecycle', 'churn', 'warnings'],
  ownership: ['ownership', 'access'],
} as const;
export type CustomerTabGroup = keyof typeof customerTabGroups;
export type CustomerTab = (typeof customerTabGroups)[CustomerTabGroup][number];

/** Tabs of the customer itself; all others are brought by features. */
const ownCustomerTabs = ['overview', 'orders', 'products'] as const satisfies readonly CustomerTab[];
export type CustomerPartName = Exclude<CustomerTab, (typeof ownCustomerTabs)[number]>;

/** Whether a tab is one that a feature brings. */
export function isCustomerPart(tab: CustomerTab): tab is CustomerPartName {
  return !(ownCustomerTabs as readonly CustomerTab[]).includes(tab);
}

/** A part of a customer's page, loaded when its tab is opened. */
interface CustomerPart {
  name: CustomerPartName;
  permission: Permission;
  view: () => Promise<{ default: ComponentType<{ customerId: number }> }>;
}

/** What a dialog that is opened from the head of a customer is given. */
export interface CustomerDialogProps {
  customerId: number;
  onClose: () => void;
}

/** What one does next with a customer: a button in the head of the page that opens a dialog or another page. */
export type CustomerAct = {
  id: string;
  /** Locale key, of `locale/menu.*`. */
  label: string;
  permission: Permission;
} & (
  | { dialog: () => Promise<{ default: ComponentType<CustomerDialogProps> }>; path?: never }
  /** `/customers/$customerId/pack` */
  | { path: string; dialog?: never }
);

export interface Feature {
  id: string;
  words: WordFiles;
  menu?: MenuEntry | MenuEntry[];
  routes: FeatureRoute[];
  commands?: Command[];
  /** What it adds to the page of a customer. */
  customerPart?: CustomerPart;
  customerActs?: readonly CustomerAct[];
  /** A customer beside any page; one feature brings it. */
  customerPanel?: () => Promise<{ default: ComponentType<{ customerId: number }> }>;
  /** Records of this feature in the one search: `label` is the locale key of their group's name. */
  search?: { label: string; permission?: Permission; records: () => Promise<{ default: SearchRecords }> };
}

/** Declares a feature; app/features.ts lists them. The file is loaded at start, so it holds nothing but this. */
export function defineFeature(feature: Feature): Feature {
  return feature;
}
