import { registerImportKind } from './intake/imports/index.js';
import { contactsImport } from './records/contacts/index.js';
import { contractsImport } from './records/contracts/index.js';
import { addressesImport, customersImport } from './records/customers/index.js';
import { interactionsImport } from './records/interactions/index.js';
import { notesImport } from './records/notes/index.js';
import { ordersImport } from './records/orders/index.js';
import { paymentsImport, receivablesImport } from './records/payments/index.js';
import { productsImport } from './records/products/index.js';

// Intake knows no kind of record; each says here how its rows are imported.
for (const kind of [
  customersImport,
  productsImport,
  ordersImport,
  contactsImport,
  addressesImport,
  interactionsImport,
  notesImport,
  contractsImport,
  receivablesImport,
  paymentsImport,
]) {
  registerImportKind(kind);
}
