import { CodedError } from '@kezi/contract/errors';
import { doubleLiteral } from '../engine/double-literal.js';
import type { Engine } from '../engine/engine.js';
import { attributeColumn } from '../lake/order-line-sql.js';

/** How an attribute became columns of a model, for a reader. */
export type ReportedAttribute =
  /** `bins`: so many values stand for all; null where every value is kept. `missing`: customers without one, who have a column of their own. */
  | { name: string; kind: 'number'; bins: number | null; missing: number }
  /** Effects compare a level with the reference, the most frequent one. */
  | { name: string; kind: 'words'; reference: string; levels: number };

/** An attribute whose values are coded 0, 1, 2 ...: what each code means to the model, and how SQL works it out. */
export interface CodedAttribute {
  reported: ReportedAttribute;
  /** Number of codes. */
  codes: number;
  /** Names of the model's columns, and their values by code. */
  names: string[];
  valuesOf: (code: number) => number[];
  /** Expression for the code over customer_attribute AS a, and the join it needs. */
  code: string;
  join: string;
}

/** Levels beyond which words are free text or a number of the customer. */
const MOST_LEVELS = 50;

interface Levels {
  values: string[];
  customers: Float64Array;
}

/** Distinct values of an attribute with their customers; no more than `most` and one. */
export async function levelsOf(engine: Engine, k: number, most: number): Promise<Levels> {
  const values: string[] = [];
  const customers: number[] = [];
  const text = `coalesce(a.${attributeColumn(k)}, '')`;
  const query = `SELECT ${text} AS value, CAST(count(*) AS DOUBLE) AS customers FROM customer_feature AS f LEFT JOIN customer_attribute AS a ON a.customer_id = f.customer_id GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most + 1}`;
  for await (const { columns } of engine.stream(query)) {
    values.push(...(columns[0] as string[]));
    customers.push(...(columns[1] as Float64Array));
  }
  return { values, customers: Float64Array.from(customers) };
}

/** CodedError valuation.too_many_levels or valuation.attribute_constant. */
export function checkLevels(column: string, levels: number, most: number): void {
  if (levels > most) throw new CodedError('valuation.too_many_levels', { column, most });
  if (levels < 2) throw new CodedError('valuation.attribute_constant', { column });
}

interface Numbers {
  values: Float64Array;
  customers: Float64Array;
  missing: number;
}

/** The attribute as numbers; null where one of its values is none. */
async function numbersOf(engine: Engine, k: number): Promise<Numbers | null> {
  const text = `a.${attributeColumn(k)}`;
  const value = finite(engine, text);
  const from =
    'FROM customer_feature AS f LEFT JOIN customer_attribute AS a ON a.customer_id = f.customer_id';
  const [words, missing] = await engine.numbers(
    `SELECT CAST(count(CASE WHEN ${text} <> '' AND ${value} IS NULL THEN 1 END) AS DOUBLE), CAST(count(CASE WHEN coalesce(${text}, '') = '' THEN 1 END) AS DOUBLE) ${from}`,
  );
  if (words![0]! > 0) return null;
  const [values, customers] = await engine.numbers(
    `SELECT ${value} AS value, CAST(count(*) AS DOUBLE) ${from} WHERE ${value} IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
  if (values === undefined || values.length === 0) return null;
  return { values, customers: customers!, missing: missing![0]! };
}

/** A number that a model can bear; 'inf' and the like are words. */
function finite(engine: Engine, text: string): string {
  const value = engine.dialect.tryCast(text, 'double');
  return `CASE WHEN abs(${value}) <= 1e100 THEN ${value} END`;
}

/** Values that stand for all: the mean of each of so many groups of customers, equal in size as far as equal values allow. */
export function binsOf(
  { values, customers }: Pick<Numbers, 'values' | 'customers'>,
  most: number,
): { upTo: number[]; means: number[] } {
  if (values.length <= most) return { upTo: [...values], means: [...values] };
  const total = customers.reduce((sum, count) => sum + count, 0);
  const upTo: number[] = [];
  const means: number[] = [];
  let [sum, own, passed] = [0, 0, 0];
  values.forEach((value, i) => {
    sum += value * customers[i]!;
    own += customers[i]!;
    passed += customers[i]!;
    const isFull = passed >= ((upTo.length + 1) * total) / most - 1e-9;
    if (!isFull && i < values.length - 1) return;
    upTo.push(value);
    means.push(sum / own);
    [sum, own] = [0, 0];
  });
  return { upTo, means };
}

function codeNumbers(
  engine: Engine,
  name: string,
  k: number,
  numbers: Numbers,
  mostBins: number,
): CodedAttribute {
  const { values, customers, missing } = numbers;
  if (values.length < 2 && missing === 0)
    throw new CodedError('valuation.attribute_constant', { column: name });
  const { upTo, means } = binsOf(numbers, mostBins);
  const known = customers.reduce((sum, count) => sum + count, 0);
  const mean = values.reduce((sum, value, i) => sum + value * customers[i]!, 0) / known;
  const value = finite(engine, `a.${attributeColumn(k)}`);
  const steps = upTo.map((edge, code) => `WHEN ${value} <= ${doubleLiteral(edge)} THEN ${code}`);
  const hasMissing = missing > 0;
  return {
    reported: { name, kind: 'number', bins: values.length > mostBins ? means.length : null, missing },
    codes: means.length + Number(hasMissing),
    names: hasMissing ? [name, `${name}=?`] : [name],
    valuesOf: (code) => {
      const isMissing = code === means.length;
      const own = isMissing ? mean : means[code]!;
      return hasMissing ? [own, Number(isMissing)] : [own];
    },
    code: `CASE ${steps.join(' ')} ELSE ${means.length} END`,
    join: '',
  };
}

async function codeWords(engine: Engine, name: string, k: number): Promise<CodedAttribute> {
  const { values } = await levelsOf(engine, k, MOST_LEVELS);
  checkLevels(name, values.length, MOST_LEVELS);
  const table = `attribute_level_${k}`;
  await engine.run(`DROP TABLE IF EXISTS ${table}`);
  await engine.append(table, [
    { name: 'value', type: 'text', values },
    { name: 'code', type: 'integer', values: Float64Array.from(values, (_, code) => code) },
  ]);
  const others = values.slice(1);
  return {
    reported: { name, kind: 'words', reference: values[0]!, levels: values.length },
    codes: values.length,
    names: others.map((level) => `${name}=${level}`),
    valuesOf: (code) => others.map((_, j) => Number(code === j + 1)),
    code: `l${k}.code`,
    join: ` LEFT JOIN ${table} AS l${k} ON l${k}.value = coalesce(a.${attributeColumn(k)}, '')`,
  };
}

/**
 * Looks at attribute k and codes it: numbers in at most `mostBins` bins, each at its mean; words by level. CodedError
 * valuation.attribute_constant, valuation.too_many_levels.
 */
export async function codeAttribute(
  engine: Engine,
  name: string,
  k: number,
  mostBins: number,
): Promise<CodedAttribute> {
  const numbers = await numbersOf(engine, k);
  return numbers === null ? codeWords(engine, name, k) : codeNumbers(engine, name, k, numbers, mostBins);
}
