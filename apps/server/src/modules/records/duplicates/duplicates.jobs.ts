import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo } from '../../../platform/events/listen-to.js';
import { defineJob, type JobContext } from '../../../platform/jobs/define-job.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { writeKeys } from '../customers/index.js';
import { searchDuplicates, type SearchResult } from './search-duplicates.js';

/** So many take a second or so, between two looks at whether the job was cancelled. */
const customersATime = 2_000;

async function withoutKeys(db: Db, after: number): Promise<number[]> {
  const rows = await db
    .selectFrom('customer as c')
    .where('c.customer_id', '>', after)
    .where((of) =>
      of.not(
        of.exists(
          of.selectFrom('customer_key as k').whereRef('k.customer_id', '=', 'c.customer_id').select('k.key'),
        ),
      ),
    )
    .select('c.customer_id')
    .orderBy('c.customer_id')
    .limit(customersATime)
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Customers from before there were keys get theirs. */
async function fillKeys(job: JobContext): Promise<void> {
  let done = 0;
  for (let after = 0; ;) {
    const from = after;
    const ids = await job.asSystem(async (db) => {
      const missing = await withoutKeys(db, from);
      await writeKeys(db, missing);
      return missing;
    });
    if (ids.length === 0) return;
    after = ids.at(-1) ?? after;
    done += ids.length;
    await job.report({ stage: 'keys', done, total: null });
  }
}

/** Searches all customers for pairs that may be one. */
export const searchJob = defineJob({
  kind: 'duplicates.search',
  params: z.object({}),
  exclusive: 'duplicates',
  async run(job): Promise<SearchResult & { seconds: number }> {
    const began = performance.now();
    await fillKeys(job);
    return job.asSystem(async (db) => {
      const result = await searchDuplicates(db, (done, total) =>
        job.report({ stage: 'compare', done, total }),
      );
      const seconds = (performance.now() - began) / 1000;
      await db
        .insertInto('duplicate_search')
        .values({
          customers: result.customers,
          pairs: result.pairs,
          likely: result.likely,
          crowded_keys: result.crowdedKeys,
          seconds,
        })
        .execute();
      return { ...result, seconds };
    });
  },
});

/** The demo company comes with something to look at. */
export const searchDemo = listenTo('demo.loaded', async (_payload, _platform, db) => {
  await enqueueJob(db, searchJob, {}, { key: 'duplicates.search' });
});
