import { seeded } from '../support/seeded.js';

interface OrderFile {
  content: Blob;
  lines: number;
  /** Lines that a reader must refuse, by line of the file. */
  badLines: number[];
}

interface OrderFileOptions {
  seed: number;
  /** Stands before every number of a customer and an order: the same seed under another prefix is the same file otherwise. */
  prefix: string;
  lines: number;
  customers: number;
  /** One line in so many is bad; 0 for none. */
  badEvery: number;
}

const badCells = [
  (cells: string[]) => (cells[2] = '2023-02-29'),
  (cells: string[]) => (cells[3] = 'twelve'),
  (cells: string[]) => (cells[3] = '99999999999999999999'),
  (cells: string[]) => (cells[1] = ''),
  (cells: string[]) => (cells[2] = ''),
];

/** Two years of orders of companies with Chinese names, some lines of which are bad. */
export function makeOrderFile(options: OrderFileOptions): OrderFile {
  const { seed, prefix, lines, customers, badEvery } = options;
  const random = seeded(seed);
  const first = Date.UTC(2023, 0, 1);
  const rows = ['order_no,customer_no,date,amount'];
  const badLines: number[] = [];
  for (let i = 0; i < lines; i++) {
    // A few buy much, most buy little.
    const customer = Math.floor(customers * random.share() ** 2.2);
    const day = new Date(first + random.whole(0, 729) * 86_400_000).toISOString().slice(0, 10);
    const cells = [
      `${prefix}-O${i}`,
      `${prefix}-客户${customer}`,
      day,
      `${random.whole(1, 99_999)}.${random.whole(10, 99)}`,
    ];
    if (badEvery > 0 && random.whole(1, badEvery) === 1) {
      random.pick(badCells)(cells);
      badLines.push(i + 2);
    }
    rows.push(cells.join(','));
  }
  return { content: new Blob([`${rows.join('\n')}\n`]), lines, badLines };
}
