import type { DetectorRow } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { ServerClient } from '../server-client.js';

/** What detectors are called in the reader's language; one that the server does not know keeps its id. */
export async function detectorNames(
  client: ServerClient,
  language: Language,
): Promise<(detectorId: string) => string> {
  const { items } = await client.call<{ items: DetectorRow[] }>('GET', '/detectors');
  const names = new Map(items.map(({ detectorId, name }) => [detectorId, name[language]]));
  return (detectorId) => names.get(detectorId) ?? detectorId;
}
