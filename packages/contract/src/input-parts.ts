import { z } from 'zod';
import { isCurrency } from './currencies.js';

/** NUL is the one character that PostgreSQL keeps in no text. */
export const storable = /^[^\0]*$/;

/** A text that says something. */
export const text = (max: number) => z.string().trim().min(1).max(max).regex(storable);

/** A code of ISO 4217 that is in use. */
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .refine(isCurrency);

/** An id of four bytes, as users, teams, tiers and segments have it: a larger one is of nothing. */
export const smallId = z.int().positive().max(2_147_483_647);

/** An id in the path or the query of an address, where everything is text. */
export const idOfText = z.coerce.number().int().positive();
export const smallIdOfText = z.coerce.number().int().positive().max(2_147_483_647);
