import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';

/** Brings the lake up to the orders that came since, for work that reads it without a valuation. The engine is loaded here. */
export async function freshenLake(platform: Platform, signal: AbortSignal): Promise<void> {
  const { refreshLake } = await import('./refresh-lake.js');
  const { baseCurrency } = await platform.db.asSystem(readSettings);
  await refreshLake(platform, { baseCurrency, rebuild: false, signal });
}
