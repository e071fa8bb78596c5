import type { Module } from '../platform/module.js';
import {
  alerts,
  chanceFall,
  churnModel,
  competitorSeen,
  concentration,
  contactGap,
  contractEnding,
  creditExceeded,
  keyContactLeft,
  marginFall,
  overdue,
  paymentLate,
  productDropped,
  registerDetector,
  serviceLate,
  spendFall,
} from './action/alerts/index.js';
import { notices } from './action/notices/index.js';
import { robots } from './action/robots/index.js';
import { prospects } from './action/prospects/index.js';
import { tasks } from './action/tasks/index.js';
import { webhooks } from './action/webhooks/index.js';
import { lifecycle } from './insight/lifecycle/index.js';
import { churn } from './insight/churn/index.js';
import { models } from './insight/models/index.js';
import { valuation } from './insight/valuation/index.js';
import './import-kinds.js';
import { imports, readBeside } from './intake/imports/index.js';
import { audit } from './people/audit/index.js';
import { keys } from './people/keys/index.js';
import { mail } from './people/mail/index.js';
import { savedViews } from './people/saved-views/index.js';
import { session } from './people/session/index.js';
import { settings } from './people/settings/index.js';
import { teams } from './people/teams/index.js';
import { users } from './people/users/index.js';
import { deputies } from './people/deputies/index.js';
import { placement } from './people/placement/index.js';
import { wall } from './people/wall/index.js';
import { sharing } from './records/sharing/index.js';
import { ownership } from './policy/ownership/index.js';
import { pools } from './policy/pools/index.js';
import { attachments } from './records/attachments/index.js';
import { contacts } from './records/contacts/index.js';
import { contracts } from './records/contracts/index.js';
import { customers } from './records/customers/index.js';
import { duplicates } from './records/duplicates/index.js';
import { demoArchive } from './records/demo-archive/index.js';
import { fields } from './records/fields/index.js';
import { groups } from './records/groups/index.js';
import { interactions } from './records/interactions/index.js';
import { merges } from './records/merges/index.js';
import { notes } from './records/notes/index.js';
import { orders } from './records/orders/index.js';
import { payments } from './records/payments/index.js';
import { quality } from './records/quality/index.js';
import { persons } from './records/persons/index.js';
import { retention } from './records/retention/index.js';
import { products } from './records/products/index.js';
import { clocks } from './policy/clocks/index.js';
import { entitlements } from './policy/entitlements/index.js';
import { segments } from './policy/segments/index.js';
import { tiers } from './policy/tiers/index.js';
import { dashboards } from './report/dashboards/index.js';
import { negotiationPack } from './report/negotiation-pack/index.js';

/** Every slice, in the order of the wings. What is not listed here does not exist for the server. */
export const modules: readonly Module[] = [
  session,
  users,
  teams,
  placement,
  deputies,
  wall,
  settings,
  mail,
  keys,
  audit,
  savedViews,
  imports,
  fields,
  customers,
  sharing,
  groups,
  contracts,
  payments,
  attachments,
  notes,
  contacts,
  persons,
  retention,
  products,
  orders,
  duplicates,
  merges,
  quality,
  interactions,
  demoArchive,
  valuation,
  churn,
  models,
  lifecycle,
  ownership,
  pools,
  alerts,
  prospects,
  tasks,
  webhooks,
  robots,
  notices,
  tiers,
  segments,
  clocks,
  entitlements,
  dashboards,
  negotiationPack,
];

// Files are read on a thread that knows the kinds of records.
readBeside(import.meta.url);

// Detectors, in the order in which they are shown; slices whose data comes with them add theirs here.
for (const detector of [
  overdue,
  chanceFall,
  churnModel,
  paymentLate,
  creditExceeded,
  serviceLate,
  contractEnding,
  keyContactLeft,
  contactGap,
  competitorSeen,
  concentration,
  spendFall,
  marginFall,
  productDropped,
]) {
  registerDetector(detector);
}
