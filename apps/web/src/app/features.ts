import imports from '../features/intake/imports/index.js';
import churn from '../features/insight/churn/index.js';
import valuation from '../features/insight/valuation/index.js';
import audit from '../features/people/audit/index.js';
import security from '../features/people/security/index.js';
import access from '../features/people/access/index.js';
import entrance from '../features/people/entrance/index.js';
import settings from '../features/people/settings/index.js';
import notes from '../features/records/notes/index.js';
import segments from '../features/policy/segments/index.js';
import tiers from '../features/policy/tiers/index.js';
import ownership from '../features/policy/ownership/index.js';
import overview from '../features/report/overview/index.js';
import contacts from '../features/records/contacts/index.js';
import contracts from '../features/records/contracts/index.js';
import customers from '../features/records/customers/index.js';
import fields from '../features/records/fields/index.js';
import retention from '../features/records/retention/index.js';
import groups from '../features/records/groups/index.js';
import quality from '../features/records/quality/index.js';
import duplicates from '../features/records/duplicates/index.js';
import interactions from '../features/records/interactions/index.js';
import delivery from '../features/action/delivery/index.js';
import worklist from '../features/action/worklist/index.js';
import lifecycle from '../features/insight/lifecycle/index.js';
import models from '../features/insight/models/index.js';
import type { Feature } from '../lib/feature.js';

/** Every feature of the program, in the order of the wings. A feature that is not here does not exist for the reader. */
export const features: readonly Feature[] = [
  entrance,
  settings,
  access,
  security,
  audit,
  overview,
  valuation,
  churn,
  models,
  customers,
  fields,
  contacts,
  retention,
  duplicates,
  quality,
  groups,
  contracts,
  notes,
  interactions,
  imports,
  lifecycle,
  worklist,
  delivery,
  tiers,
  segments,
  ownership,
];
