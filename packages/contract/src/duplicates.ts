import { z } from 'zod';
import { idOfText } from './input-parts.js';
import { day, ofSegments, pageOf, pageQuery } from './page.js';

/** Why two records may be one customer. */
export const duplicateReasons = ['code', 'registry', 'name', 'sound', 'brand', 'phone', 'domain'] as const;
export const duplicateReason = z.enum(duplicateReasons);
export type DuplicateReason = z.infer<typeof duplicateReason>;

const typed = (max: number) => z.string().trim().max(max).nullish();

/** What is known so far of a customer that is being entered. */
export const duplicateCheckInput = z.object({
  /** The customer itself, where it is there already. */
  customerId: z.int().positive().nullish(),
  name: z.string().trim().max(400).default(''),
  legalName: typed(400),
  shortName: typed(200),
  creditCode: typed(60),
  registryCountry: typed(10),
  registryNo: typed(60),
  phones: z.array(z.string().max(60)).max(10).default([]),
  /** Mail addresses and web pages. */
  addresses: z.array(z.string().max(300)).max(10).default([]),
});

/** One of two customers side by side. */
export const duplicateCard = z.object({
  customerId: z.int(),
  customerNo: z.string(),
  name: z.string(),
  legalName: z.string().nullable(),
  shortName: z.string().nullable(),
  creditCode: z.string().nullable(),
  region: z.string().nullable(),
  industry: z.string().nullable(),
  ownerName: z.string().nullable(),
  orders: z.int().nullable(),
  lastOrderOn: day.nullable(),
  clv: z.number().nullable(),
});

export const duplicateMatches = z.object({
  items: z.array(
    duplicateCard.extend({ score: z.number(), isLikely: z.boolean(), reasons: z.array(duplicateReason) }),
  ),
  /** A colleague has a customer that is likely this one; the reader may not see it, and no more is told. */
  elsewhere: z.boolean(),
});

export const duplicateStatus = z.enum(['open', 'dismissed']);
export const duplicatePair = z.object({
  a: duplicateCard,
  b: duplicateCard,
  /** 0 to 1: how likely it is that the two are one. */
  score: z.number(),
  isLikely: z.boolean(),
  reasons: z.array(duplicateReason),
  status: duplicateStatus,
  foundAt: z.iso.datetime(),
});
export const duplicatePairQuery = pageQuery.extend({
  /** Pairs of which one or both are members. */
  ...ofSegments.shape,
  status: duplicateStatus.default('open'),
  /** Pairs with this customer alone. */
  customerId: idOfText.optional(),
});
export const duplicatePairPage = pageOf(duplicatePair);

export const duplicatePairKey = z.object({
  customerId: z.int().positive(),
  otherCustomerId: z.int().positive(),
});

/** The last search through all customers; null before the first. */
export const duplicateSearch = z.object({
  latest: z
    .object({
      customers: z.int(),
      pairs: z.int(),
      likely: z.int(),
      /** Keys that so many customers share that they tell nobody apart; they were left out. */
      crowdedKeys: z.int(),
      seconds: z.number(),
      finishedAt: z.iso.datetime(),
    })
    .nullable(),
});

export type DuplicateCheckInput = z.infer<typeof duplicateCheckInput>;
export type DuplicateMatches = z.infer<typeof duplicateMatches>;
export type DuplicateCard = z.infer<typeof duplicateCard>;
export type DuplicatePair = z.infer<typeof duplicatePair>;
export type DuplicatePairQuery = z.infer<typeof duplicatePairQuery>;
export type DuplicateSearch = z.infer<typeof duplicateSearch>;
