import { CodedError } from '@kezi/contract/errors';
import type { FeatureTable } from '@kezi/stats';
import type { Engine } from '../engine/engine.js';
import { attributeColumn } from '../lake/order-line-sql.js';
import {
  checkLevels,
  codeAttribute,
  levelsOf,
  type CodedAttribute,
  type ReportedAttribute,
} from './code-attribute.js';

/** Groups of customers, numbered from 0: the column grp of customer_feature. */
export type CustomerGroups =
  | { kind: 'segments'; by: string; segments: string[]; customers: Float64Array }
  | {
      kind: 'covariates';
      columns: ReportedAttribute[];
      /** Covariates of the model, a row a group. */
      table: FeatureTable;
      customers: Float64Array;
    };

/** Segments beyond which a column is a number of the customer rather than a kind of customer. */
const MOST_SEGMENTS = 200;
/** Groups beyond which their models take longer than the rest of a run. */
const MOST_GROUPS = 5000;
/** Bins of a number that are tried, until the groups are few enough. */
const BINS = [24, 12, 8, 5, 3];

/** Writes grp into customer_feature from the table customer_group (customer_id, grp). */
async function keepGroups(engine: Engine): Promise<void> {
  await engine.run(
    'CREATE OR REPLACE TABLE grouped_feature AS SELECT f.*, g.grp FROM customer_feature AS f JOIN customer_group AS g ON g.customer_id = f.customer_id',
  );
  await engine.run('DROP TABLE customer_feature');
  await engine.run('ALTER TABLE grouped_feature RENAME TO customer_feature');
}

const FROM = 'FROM customer_feature AS f LEFT JOIN customer_attribute AS a ON a.customer_id = f.customer_id';

/** Groups by one attribute. */
export async function groupBySegment(engine: Engine, by: string): Promise<CustomerGroups> {
  const { values, customers } = await levelsOf(engine, 0, MOST_SEGMENTS);
  checkLevels(by, values.length, MOST_SEGMENTS);
  await engine.run('DROP TABLE IF EXISTS segment_number');
  await engine.append('segment_number', [
    { name: 'value', type: 'text', values },
    { name: 'grp', type: 'integer', values: Float64Array.from(values, (_, code) => code) },
  ]);
  await engine.run(
    `CREATE OR REPLACE TABLE customer_group AS SELECT f.customer_id, s.grp ${FROM} JOIN segment_number AS s ON s.value = coalesce(a.${attributeColumn(0)}, '')`,
  );
  await keepGroups(engine);
  return { kind: 'segments', by, segments: values, customers };
}

/** Places of the codes in one whole number. */
function strides(coded: readonly CodedAttribute[]): number[] {
  let stride = 1;
  return coded.map(({ codes }) => {
    const own = stride;
    stride *= codes;
    return own;
  });
}

/** The columns of the model for each combination of codes. */
function tableOf(coded: readonly CodedAttribute[], keys: Float64Array): FeatureTable {
  const places = strides(coded);
  const rows = Array.from(keys, (key) =>
    coded.flatMap(({ codes, valuesOf }, k) => valuesOf(Math.floor(key / places[k]!) % codes)),
  );
  const names = coded.flatMap((each) => each.names);
  return { names, columns: names.map((_, j) => Float64Array.from(rows, (row) => row[j]!)) };
}

/**
 * Groups by several attributes: a group is a combination of their codes that some customer has. Numbers are put into coarser bins
 * where the groups would be too many. CodedError valuation.too_many_groups where even that does not help.
 */
export async function groupByCovariates(engine: Engine, names: readonly string[]): Promise<CustomerGroups> {
  let groups = 0;
  for (const bins of BINS) {
    const coded: CodedAttribute[] = [];
    for (const [k, name] of names.entries()) coded.push(await codeAttribute(engine, name, k, bins));
    const places = strides(coded);
    const key = coded.map(({ code }, k) => `(${code}) * CAST(${places[k]!} AS DOUBLE)`).join(' + ');
    const joins = coded.map(({ join }) => join).join('');
    await engine.run(
      `CREATE OR REPLACE TABLE customer_key AS SELECT f.customer_id, ${key} AS combination ${FROM}${joins}`,
    );
    const [keys, customers] = await engine.numbers(
      'SELECT combination, CAST(count(*) AS DOUBLE) FROM customer_key GROUP BY 1 ORDER BY 1',
    );
    groups = keys!.length;
    const isCoarsest = coded.every(({ reported }) => reported.kind === 'words' || reported.bins === null);
    if (groups > MOST_GROUPS && !isCoarsest) continue;
    if (groups > MOST_GROUPS) break;
    await engine.run('DROP TABLE IF EXISTS group_number');
    await engine.append('group_number', [
      { name: 'combination', type: 'double', values: keys! },
      { name: 'grp', type: 'integer', values: Float64Array.from(keys!, (_, grp) => grp) },
    ]);
    await engine.run(
      'CREATE OR REPLACE TABLE customer_group AS SELECT k.customer_id, g.grp FROM customer_key AS k JOIN group_number AS g ON g.combination = k.combination',
    );
    await keepGroups(engine);
    return {
      kind: 'covariates',
      columns: coded.map(({ reported }) => reported),
      table: tableOf(coded, keys!),
      customers: customers!,
    };
  }
  throw new CodedError('valuation.too_many_groups', { groups, most: MOST_GROUPS });
}
