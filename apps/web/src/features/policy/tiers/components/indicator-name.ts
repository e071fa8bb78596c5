import type { TierFeature } from '@kezi/contract';

/** What an indicator is called; its key where it is no longer in the catalogue. */
export const indicatorName = (key: string, features: readonly TierFeature[]): string =>
  features.find((feature) => feature.key === key)?.name ?? key;
