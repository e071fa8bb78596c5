import delivery from '../../features/action/delivery/locale/menu.en-US.js';
import worklist from '../../features/action/worklist/locale/menu.en-US.js';
import churn from '../../features/insight/churn/locale/menu.en-US.js';
import lifecycle from '../../features/insight/lifecycle/locale/menu.en-US.js';
import models from '../../features/insight/models/locale/menu.en-US.js';
import valuation from '../../features/insight/valuation/locale/menu.en-US.js';
import imports from '../../features/intake/imports/locale/menu.en-US.js';
import access from '../../features/people/access/locale/menu.en-US.js';
import audit from '../../features/people/audit/locale/menu.en-US.js';
import security from '../../features/people/security/locale/menu.en-US.js';
import settings from '../../features/people/settings/locale/menu.en-US.js';
import ownership from '../../features/policy/ownership/locale/menu.en-US.js';
import segments from '../../features/policy/segments/locale/menu.en-US.js';
import tiers from '../../features/policy/tiers/locale/menu.en-US.js';
import contacts from '../../features/records/contacts/locale/menu.en-US.js';
import contracts from '../../features/records/contracts/locale/menu.en-US.js';
import customers from '../../features/records/customers/locale/menu.en-US.js';
import duplicates from '../../features/records/duplicates/locale/menu.en-US.js';
import fields from '../../features/records/fields/locale/menu.en-US.js';
import interactions from '../../features/records/interactions/locale/menu.en-US.js';
import quality from '../../features/records/quality/locale/menu.en-US.js';
import retention from '../../features/records/retention/locale/menu.en-US.js';
import overview from '../../features/report/overview/locale/menu.en-US.js';

/** What features say before one of their pages is opened: entries of the rail, acts in the head of a customer. One file. */
export default {
  ...delivery,
  ...worklist,
  ...churn,
  ...lifecycle,
  ...models,
  ...valuation,
  ...imports,
  ...access,
  ...audit,
  ...security,
  ...settings,
  ...ownership,
  ...segments,
  ...tiers,
  ...contacts,
  ...contracts,
  ...customers,
  ...duplicates,
  ...fields,
  ...interactions,
  ...quality,
  ...retention,
  ...overview,
};
