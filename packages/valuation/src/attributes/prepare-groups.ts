import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake-manifest.js';
import { groupByCovariates, groupBySegment, type CustomerGroups } from './group-customers.js';
import { attributesOfFile, attributesOfLines, findTwoValues, type TwoValues } from './read-attributes.js';
import { attributeNames, type WantedAttributes } from './wanted-attributes.js';

/** Groups of customers by the attributes that were asked for. */
export interface PreparedGroups {
  names: string[];
  groups: CustomerGroups;
  twoValues: TwoValues[];
}

/**
 * Reads the attributes from the lines of the lake, or from the file beside it, and puts every customer of customer_feature into a group.
 * Null where no attribute is wanted. CodedError valuation.attribute_constant, valuation.too_many_levels,
 * valuation.too_many_groups, valuation.attribute_not_of_customer.
 */
export async function prepareGroups(
  engine: Engine,
  lake: Lake,
  wanted: WantedAttributes,
  source: { lastDay: number | null; file: string | undefined },
): Promise<PreparedGroups | null> {
  const names = attributeNames(wanted);
  if (names.length === 0) return null;
  if (source.file === undefined) await attributesOfLines(engine, lake, names.length, source.lastDay);
  else await attributesOfFile(engine, source.file, names.length);
  const twoValues = await findTwoValues(engine, names);
  const groups =
    wanted.by === undefined
      ? await groupByCovariates(engine, names)
      : await groupBySegment(engine, names[0]!);
  return { names, groups, twoValues };
}
