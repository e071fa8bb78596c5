import { listenTo } from '../../../platform/events/listen-to.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { closeLostRuns } from '../close-lost-runs.js';
import { enforceDueRuns } from './accept-run.js';
import { expireOverrides } from './decide-tiers.js';
import { forgetHeldTiers, forgetIndicators } from './indicator-cache.js';

/** A new day: runs whose first day it is come into force, manual tiers whose end has come are over. */
export async function keepUpWithDays(platform: Platform): Promise<void> {
  await platform.db.asSystem(async (db) => {
    const today = dayIn((await readSettings(db)).timeZone, platform.clock.now());
    await closeLostRuns(db, 'tier_run');
    await enforceDueRuns(db, today);
    await expireOverrides(db, today);
  });
}

const forget = (_payload: unknown, platform: Platform) => {
  forgetIndicators(platform);
  return Promise.resolve();
};

const forgetTiers = (_payload: unknown, platform: Platform) => {
  forgetHeldTiers(platform);
  return Promise.resolve();
};

/** What a policy is tried on is read anew when orders or values have changed, and who holds which tier when tiers have. */
export const forgetWhenChanged = [
  listenTo('score.published', forget),
  listenTo('import.finished', forget),
  listenTo('tiers.changed', forgetTiers),
];
