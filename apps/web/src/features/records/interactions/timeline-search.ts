import { timelineKinds } from '@kezi/contract';
import { z } from 'zod';

/** Which kinds of entries are shown, in the address of whatever page the timeline stands on; none stands for all. */
export const timelineSearch = z.object({ timeline: z.array(z.enum(timelineKinds)).catch([]) });
