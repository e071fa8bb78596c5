import delivery from '../../features/action/delivery/locale/menu.zh-CN.js';
import worklist from '../../features/action/worklist/locale/menu.zh-CN.js';
import churn from '../../features/insight/churn/locale/menu.zh-CN.js';
import lifecycle from '../../features/insight/lifecycle/locale/menu.zh-CN.js';
import models from '../../features/insight/models/locale/menu.zh-CN.js';
import valuation from '../../features/insight/valuation/locale/menu.zh-CN.js';
import imports from '../../features/intake/imports/locale/menu.zh-CN.js';
import access from '../../features/people/access/locale/menu.zh-CN.js';
import audit from '../../features/people/audit/locale/menu.zh-CN.js';
import security from '../../features/people/security/locale/menu.zh-CN.js';
import settings from '../../features/people/settings/locale/menu.zh-CN.js';
import ownership from '../../features/policy/ownership/locale/menu.zh-CN.js';
import segments from '../../features/policy/segments/locale/menu.zh-CN.js';
import tiers from '../../features/policy/tiers/locale/menu.zh-CN.js';
import contacts from '../../features/records/contacts/locale/menu.zh-CN.js';
import contracts from '../../features/records/contracts/locale/menu.zh-CN.js';
import customers from '../../features/records/customers/locale/menu.zh-CN.js';
import duplicates from '../../features/records/duplicates/locale/menu.zh-CN.js';
import fields from '../../features/records/fields/locale/menu.zh-CN.js';
import interactions from '../../features/records/interactions/locale/menu.zh-CN.js';
import quality from '../../features/records/quality/locale/menu.zh-CN.js';
import retention from '../../features/records/retention/locale/menu.zh-CN.js';
import overview from '../../features/report/overview/locale/menu.zh-CN.js';

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
