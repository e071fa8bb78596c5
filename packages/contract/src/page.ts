import { z } from 'zod';
import { smallIdOfText } from './input-parts.js';

/** Query of every paged list. A page holds at most 200 rows; the cursor is opaque and comes from the page before. */
export const pageQuery = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of rows; `nextCursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A calendar day, yyyy-mm-dd, in the organisation's time zone. */
export const day = z.iso.date();

/** A query parameter that may be given several times. */
export const several = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(200).optional(),
  );

/** Of members of any of these segments; of everybody where it is left out. */
export const ofSegments = z.object({ segmentId: several(smallIdOfText) });
