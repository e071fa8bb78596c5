import { z } from 'zod';

export const worstWays = ['freshness', 'completeness'] as const;

/** Which records the list below shows: of whom, and by what the worst are found. */
export const qualitySearch = z.object({
  owner: z.coerce.number().int().positive().optional().catch(undefined),
  by: z.enum(worstWays).catch('freshness').default('freshness'),
});
