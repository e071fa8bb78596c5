import imports from '../features/intake/imports/index.js';
import valuation from '../features/insight/valuation/index.js';
import entrance from '../features/people/entrance/index.js';
import settings from '../features/people/settings/index.js';
import overview from '../features/report/overview/index.js';
import contacts from '../features/records/contacts/index.js';
import customers from '../features/records/customers/index.js';
import interactions from '../features/records/interactions/index.js';
import type { Feature } from '../lib/feature.js';

/** Every feature of the program, in the order of the wings. A feature that is not here does not exist for the reader. */
export const features: readonly Feature[] = [
  entrance,
  settings,
  overview,
  valuation,
  customers,
  contacts,
  interactions,
  imports,
];
