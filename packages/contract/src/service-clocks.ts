import { z } from 'zod';
import { ofSegments } from './page.js';

/** Something that a customer asked for, with the times by which its tier was promised an answer and a solution. */
export const serviceClock = z.object({
  serviceClockId: z.int(),
  customerId: z.int(),
  customerName: z.string(),
  ownerName: z.string().nullable(),
  /** Of which kind it is: `need`, or what a later slice registers. */
  source: z.string(),
  sourceId: z.int(),
  /** Null where it was deleted. */
  title: z.string().nullable(),
  askedAt: z.iso.datetime(),
  /** Promised working hours, and until when that is; null where nothing is promised. */
  responseHours: z.number().nullable(),
  respondBy: z.iso.datetime().nullable(),
  respondedAt: z.iso.datetime().nullable(),
  solutionHours: z.number().nullable(),
  solveBy: z.iso.datetime().nullable(),
  solvedAt: z.iso.datetime().nullable(),
  /** Nothing is owed any more, though it was not solved. */
  endedAt: z.iso.datetime().nullable(),
  isResponseLate: z.boolean(),
  isSolutionLate: z.boolean(),
});

export const serviceClockStates = ['running', 'late', 'all'] as const;
export const serviceClockQuery = ofSegments.extend({
  /** running: something is still owed; late: owed and past its time; all: of the last twelve months. */
  state: z.enum(serviceClockStates).default('running'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const serviceClockList = z.object({
  items: z.array(serviceClock),
  /** Of the customers whom the reader sees, whatever the limit. */
  total: z.object({ running: z.int(), late: z.int() }),
});

export type ServiceClock = z.infer<typeof serviceClock>;
export type ServiceClockQuery = z.infer<typeof serviceClockQuery>;
export type ServiceClockList = z.infer<typeof serviceClockList>;
