import type { Module } from '../platform/module.js';
import { models } from './insight/models/index.js';
import { valuation } from './insight/valuation/index.js';
import { imports, registerImportKind } from './intake/imports/index.js';
import { audit } from './people/audit/index.js';
import { keys } from './people/keys/index.js';
import { savedViews } from './people/saved-views/index.js';
import { session } from './people/session/index.js';
import { settings } from './people/settings/index.js';
import { teams } from './people/teams/index.js';
import { users } from './people/users/index.js';
import { contacts } from './records/contacts/index.js';
import { customers, customersImport } from './records/customers/index.js';
import { interactions } from './records/interactions/index.js';
import { orders, ordersImport } from './records/orders/index.js';
import { products, productsImport } from './records/products/index.js';
import { dashboards } from './report/dashboards/index.js';

/** Every slice, in the order of the wings. What is not listed here does not exist for the server. */
export const modules: readonly Module[] = [
  session,
  users,
  teams,
  settings,
  keys,
  audit,
  savedViews,
  imports,
  customers,
  contacts,
  products,
  orders,
  interactions,
  valuation,
  models,
  dashboards,
];

// Intake knows no kind of record; each says here how its rows are imported.
for (const kind of [customersImport, productsImport, ordersImport]) registerImportKind(kind);
