import type { Module } from '../../../platform/module.js';
import { registerPaymentTerms } from '../../records/payments/index.js';
import { entitlementsRoutes } from './entitlements.routes.js';
import { paymentDaysOfTier } from './payment-terms.js';

export { creditOf } from './credit-limit.js';
export { costsOfTiers } from './costs-of-tiers.js';
export { addDemoEntitlements, addDemoUses } from './demo-entitlements.js';
export { meetingRhythm, withMetDays } from './meeting-rhythm.js';

// What a customer owes is due by the terms of its tier, where neither a day nor a contract says otherwise.
registerPaymentTerms(paymentDaysOfTier);

export const entitlements: Module = { name: 'entitlements', routes: entitlementsRoutes };
