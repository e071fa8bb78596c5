import { addressKinds, mostAddresses, plainWord, type Address, type AddressKind } from '@kezi/contract';
import { isCountry } from '@kezi/contract/codes';
import { sql } from 'kysely';
import { isRestricted } from '../../../platform/http/field-wall.rules.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import {
  importKind,
  readRows,
  type BatchContext,
  type ImportTarget,
  type ReadRow,
  type RefusedRow,
  type TargetCounts,
  type RowFields,
} from '../../intake/imports/index.js';
import { divisionFrom, ImportedProfiles, OwnColumns } from './import-customers.profile.js';
import { keepCustomers } from './import-customers.write.js';
import { findNamedCustomers } from './import-named-customers.js';
import { undoCustomers } from './undo-customers.js';

/*
 * A file of addresses, several a customer. They are part of the customer's profile: what a batch changes is the customer, and
 * taking it back brings the customers back as they were.
 */

const addressFields = ['customerId', 'addressLine', 'addressKind', 'postcode', 'countryCode', 'divisionCode'];

/** As people write them, besides the codes. */
const kindWords: Readonly<Record<AddressKind, readonly string[]>> = {
  registered: ['注册', '注册地址', '工商', 'registered'],
  office: ['办公', '办公地址', '公司', '公司地址', 'office'],
  delivery: ['收货', '收货地址', '送货', '送货地址', '发货', '仓库', 'delivery', 'shipping'],
  billing: ['开票', '开票地址', '账单', '寄票', '寄票地址', 'billing', 'invoice'],
};

interface AddressInput {
  customerNo: string;
  address: Address;
}

/** Without a word it is where they work. */
function kindOf(fields: RowFields): AddressKind | null {
  const text = fields.text('addressKind', 100);
  if (text === null) return 'office';
  const plain = plainWord(text);
  const found = addressKinds.find((kind) => kind === plain || kindWords[kind].includes(plain));
  return found ?? fields.refuseChoice('addressKind', text, kindWords);
}

function readAddress(fields: RowFields, isKept: boolean): AddressInput | null {
  if (isKept) fields.refuse('addressLine', 'fields.restricted_forbidden');
  const customerNo = fields.required('customerId', fields.id('customerId'));
  const line = fields.required('addressLine', fields.text('addressLine', 400));
  const kind = kindOf(fields);
  const country = fields.text('countryCode', 100)?.toUpperCase() ?? null;
  if (country !== null && !isCountry(country)) {
    return fields.refuse('countryCode', 'customers.code_unknown', { code: country });
  }
  const place = fields.text('divisionCode', 100);
  const division = place === null ? null : divisionFrom(place);
  if (place !== null && division === null) {
    return fields.refuse('divisionCode', 'customers.code_unknown', { code: place });
  }
  const postcode = fields.text('postcode', 20);
  if (customerNo === null || line === null || kind === null || fields.refusal) return null;
  const given = { postcode, countryCode: country, divisionCode: division };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  return { customerNo, address: { kind, line, ...known } };
}

/** The addresses with one more; the same line of the same kind is the same address, and keeps what the file leaves open. */
function withAddress(addresses: readonly Address[], added: Address): Address[] {
  const at = addresses.findIndex(({ kind, line }) => kind === added.kind && line === added.line);
  return at === -1 ? [...addresses, added] : addresses.with(at, { ...addresses[at], ...added });
}

class AddressTarget implements ImportTarget<ReadRow<AddressInput>[]> {
  private readonly changed = new Set<number>();
  private readonly seen = new Set<number>();
  private readonly profiles: ImportedProfiles;

  constructor(
    private readonly db: Db,
    private readonly batch: BatchContext,
  ) {
    this.profiles = new ImportedProfiles(db, new OwnColumns([]));
  }

  finish(): Promise<RefusedRow[]> {
    return Promise.resolve([]);
  }

  /** Customers with another address than before, and those that have them all. */
  counts(): TargetCounts {
    const changed = this.changed.size;
    return { records: { customers: { added: 0, changed, unchanged: this.seen.size - changed } } };
  }

  async write(read: readonly ReadRow<AddressInput>[]): Promise<RefusedRow[]> {
    const refused: RefusedRow[] = [];
    const customers = await findNamedCustomers(this.db, [
      ...new Set(read.map(({ input }) => input.customerNo)),
    ]);
    await this.profiles.load([...new Set([...customers.values()].map(({ customerId }) => customerId))]);
    const changed = new Set<number>();
    for (const { row, input } of read) {
      const { customerNo, address } = input;
      const customer = customers.get(customerNo);
      if (!customer) {
        const params = { customer: customerNo };
        refused.push({ row, field: 'customerId', code: 'imports.customer_not_available', params });
        continue;
      }
      if (customer.isErased === true) {
        refused.push({ row, field: 'customerId', code: 'imports.person_erased', params: {} });
        continue;
      }
      const addresses = withAddress(this.profiles.of(customer.customerId).addresses, address);
      if (addresses.length > mostAddresses) {
        const params = { most: mostAddresses };
        refused.push({ row, field: 'addressLine', code: 'customers.addresses_most', params });
        continue;
      }
      const refusal = this.profiles.refusalOf(customer.customerId, { addresses });
      if (refusal !== null) {
        refused.push({ row, ...refusal, field: 'divisionCode' });
        continue;
      }
      this.seen.add(customer.customerId);
      if (this.profiles.change(customer.customerId, { addresses })) changed.add(customer.customerId);
    }
    await this.touch([...changed]);
    await this.profiles.write();
    return refused;
  }

  /** One version a batch, however many of its rows name the customer: by that an undo knows that nobody came after it. */
  private async touch(customerIds: number[]): Promise<void> {
    const { importBatchId } = this.batch;
    const fresh = customerIds.filter((id) => !this.changed.has(id));
    if (fresh.length === 0) return;
    await keepCustomers(this.db, importBatchId, fresh);
    await sql`
      update customer set import_batch_id = ${importBatchId}, row_version = row_version + 1, updated_at = now()
      where customer_id = any (${fresh}::bigint[])`.execute(this.db);
    for (const id of fresh) this.changed.add(id);
  }
}

const required = ['customerId', 'addressLine'];

export const addressesImport = importKind({
  kind: 'addresses',
  fields: addressFields,
  hasCustomFields: false,
  missing: (mapped) => required.filter((field) => !mapped.has(field)).map((field) => [field]),
  know: (_db, { viewer }) => Promise.resolve(isRestricted(viewer.fieldRules ?? {}, 'addresses')),
  reader: (fields, isKept) => (rows) => readRows(fields, rows, () => readAddress(fields, isKept === true)),
  open: (db, batch) => Promise.resolve(new AddressTarget(db, batch)),
  undo: undoCustomers,
});
