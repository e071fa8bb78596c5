import { CodedError } from '@kezi/contract/errors';
import { guessColumns, type ColumnGuess } from '@kezi/tabular';

/** What a column of an order file may mean to a valuation. */
export const ORDER_ROLES = [
  'customer',
  'date',
  'amount',
  'quantity',
  'unitPrice',
  'margin',
  'cost',
  'orderId',
  'product',
  'currency',
] as const;
export type OrderRole = (typeof ORDER_ROLES)[number];

/** Columns as a person names them: by header, or by number from 1. */
export type WantedColumns = Partial<Record<OrderRole, string>>;

export interface ChosenColumn {
  /** From 0. */
  index: number;
  name: string;
  guessed: boolean;
}

export type ChosenColumns = Partial<Record<OrderRole, ChosenColumn>>;

const roleOfField: Record<string, OrderRole> = {
  customerId: 'customer',
  orderDate: 'date',
  amount: 'amount',
  quantity: 'quantity',
  unitPrice: 'unitPrice',
  margin: 'margin',
  orderId: 'orderId',
  productId: 'product',
  currency: 'currency',
};

/** A header first, then a number from 1. CodedError valuation.column_missing lists what there is. */
export function findColumn(names: readonly string[], wanted: string, header: boolean, file: string): number {
  const plain = wanted.trim();
  const exact = names.indexOf(plain);
  if (header && exact >= 0) return exact;
  const loose = names.findIndex((name) => name.trim().toLowerCase() === plain.toLowerCase());
  if (header && loose >= 0) return loose;
  const number = /^\d+$/.test(plain) ? Number(plain) : 0;
  if (number >= 1 && number <= names.length) return number - 1;
  throw new CodedError('valuation.column_missing', { file, column: wanted, columns: names.join(', ') });
}

interface ColumnsOfFile {
  file: string;
  header: boolean;
  names: readonly string[];
  /** A few rows, to judge by content where the header does not say. */
  sampleRows: readonly (readonly string[])[];
}

/**
 * Which column is what: as wanted, else guessed from header and content. Customer, date and a value (amount, or
 * quantity and unit price, or margin) must be found: CodedError valuation.column_not_guessed says which is not.
 */
export function planColumns(source: ColumnsOfFile, wanted: WantedColumns): ChosenColumns {
  const { file, header, names, sampleRows } = source;
  const chosen: ChosenColumns = {};
  for (const role of ORDER_ROLES) {
    const name = wanted[role];
    if (name === undefined) continue;
    const index = findColumn(names, name, header, file);
    chosen[role] = { index, name: names[index]!, guessed: false };
  }
  const guesses = guessColumns(header ? names : null, sampleRows, 'orders');
  const named = new Set(Object.values(chosen).map((column) => column.index));
  for (const guess of guesses) addGuess(chosen, guess, names, named);
  dropWhatIsNotNeeded(chosen, wanted);
  const missing = missingRole(chosen);
  if (missing !== null) {
    throw new CodedError('valuation.column_not_guessed', {
      file,
      role: optionOf(missing),
      columns: names.join(', '),
    });
  }
  return chosen;
}

function addGuess(
  chosen: ChosenColumns,
  guess: ColumnGuess,
  names: readonly string[],
  named: ReadonlySet<number>,
): void {
  const role = roleOfField[guess.field];
  if (role === undefined || chosen[role] !== undefined || named.has(guess.index)) return;
  chosen[role] = { index: guess.index, name: names[guess.index]!, guessed: true };
}

/** What a person named decides how a value is made; a guess never overrules it. An amount beats quantity x unit price. */
function dropWhatIsNotNeeded(chosen: ChosenColumns, wanted: WantedColumns): void {
  const lines = wanted.quantity !== undefined || wanted.unitPrice !== undefined;
  if (wanted.amount !== undefined && wanted.margin === undefined) delete chosen.margin;
  if (lines && wanted.amount === undefined) {
    delete chosen.amount;
    if (wanted.margin === undefined) delete chosen.margin;
  }
  if (chosen.amount !== undefined && !lines) {
    delete chosen.quantity;
    delete chosen.unitPrice;
  }
}

/** What the option of the command line is called. */
const optionOf = (role: OrderRole) => (role === 'unitPrice' ? 'unit-price' : role);

function missingRole({
  customer,
  date,
  amount,
  quantity,
  unitPrice,
  margin,
}: ChosenColumns): OrderRole | null {
  if (customer === undefined) return 'customer';
  if (date === undefined) return 'date';
  if (amount !== undefined || margin !== undefined) return null;
  if (quantity === undefined && unitPrice === undefined) return 'amount';
  if (quantity === undefined) return 'quantity';
  return unitPrice === undefined ? 'unitPrice' : null;
}
