import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CustomerAttribute } from '@kezi/contract';
import { to as copyTo } from 'pg-copy-streams';
import { withSystemClient } from '../../../platform/db/system-client.js';
import type { Platform } from '../../../platform/platform.js';

/** The text of an attribute over customer as c and customer_profile as p; `quote` makes a literal of a text. */
function textOf(field: CustomerAttribute, quote: (text: string) => string): string {
  if (field === 'industry' || field === 'region') return `c.${field}`;
  if (field === 'size' || field === 'source') return `p.${field}`;
  const name = quote(field.slice('custom.'.length));
  return `coalesce(c.custom ->> ${name}, (select coalesce(v.text_value, v.number_value::text) from customer_field_value v
    join custom_field f using (custom_field_id)
    where v.customer_id = c.customer_id and f.name = ${name} and not f.is_retired))`;
}

/**
 * Writes the attributes of all customers beside the lake, as valueCustomers reads them: customer id, then a text for each. The
 * caller takes the file's folder away.
 */
export async function copyAttributes(
  platform: Platform,
  folder: string,
  fields: readonly CustomerAttribute[],
  signal: AbortSignal,
): Promise<string> {
  const path = join(folder, 'attributes.csv');
  await withSystemClient(platform.db.pool, async (client) => {
    const texts = fields.map((field) => textOf(field, (text) => client.escapeLiteral(text)));
    const copy = client.query(
      copyTo(
        `copy (select c.customer_id, ${texts.map((text) => `coalesce(${text}, '')`).join(', ')}
          from customer c left join customer_profile p using (customer_id)) to stdout (format csv, force_quote *)`,
      ),
    );
    await pipeline(copy, createWriteStream(path), { signal });
  });
  return path;
}
