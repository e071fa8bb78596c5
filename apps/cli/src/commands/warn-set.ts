import type { DetectorPatch, DetectorRow, DetectorTier, TierOverview } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import { printJson } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

interface SetOptions extends ServerOptions {
  tier?: string;
  on?: boolean;
  off?: boolean;
  threshold?: string;
  dueDays?: string;
  mostAtOnce?: string;
  play?: string;
  confirmed?: boolean;
}

/** The tiers of a detector with one of them changed. */
async function tiersAfter(
  client: ServerClient,
  { tiers }: DetectorRow,
  name: string,
  patch: Partial<DetectorTier>,
): Promise<DetectorTier[]> {
  const { tiers: known } = await client.call<TierOverview>('GET', '/tiers');
  const tier = known.find((each) => each.name === name);
  if (!tier) throw new CodedError('alerts.tier_unknown');
  const { tierId } = tier;
  const before = tiers.find((each) => each.tierId === tierId);
  const rest = { tierId, isOn: true, threshold: null, dueDays: null, play: null };
  return [...tiers.filter((each) => each.tierId !== tierId), { ...rest, ...before, ...patch }];
}

/** Sets a detector: for all customers, or for those of a tier. */
export function registerWarnSet(warn: Command, language: () => Language): void {
  const command = warn
    .command('set')
    .description('set a detector, for all customers or for a tier')
    .argument('<detector>', 'its name, as `kezi warn detectors` has it')
    .option('--tier <name>', 'for the customers of this tier alone')
    .option('--on', 'switch it on')
    .option('--off', 'switch it off')
    .option('--threshold <number>', 'times the detector’s own cut')
    .option('--due-days <number>', 'within how many days it is to be dealt with')
    .option('--most-at-once <number>', 'so many a day one by one, the rest in one line')
    .option('--play <text>', 'what is recommended; empty for the words of the detector')
    .option('--confirmed', 'although it would raise more at once than the limit');
  addServerOptions(command).action((detectorId: string, options: SetOptions) =>
    withServer(options, language(), ['alerts:read', 'alerts:configure', 'tiers:read'], async (client) => {
      const { items } = await client.call<{ items: DetectorRow[] }>('GET', '/detectors');
      const detector = items.find((each) => each.detectorId === detectorId);
      if (!detector) throw new CodedError('alerts.detector_not_found', { detector: detectorId });
      const { tier, on, off, threshold, dueDays, mostAtOnce, play, confirmed } = options;
      const patch = {
        ...(on === true ? { isOn: true } : off === true ? { isOn: false } : {}),
        ...(threshold === undefined ? {} : { threshold: Number(threshold) }),
        ...(dueDays === undefined ? {} : { dueDays: Number(dueDays) }),
        ...(play === undefined ? {} : { play: play === '' ? null : play }),
      };
      const body: DetectorPatch = {
        ...(mostAtOnce === undefined ? {} : { mostAtOnce: Number(mostAtOnce) }),
        ...(tier === undefined ? patch : { tiers: await tiersAfter(client, detector, tier, patch) }),
        ...(confirmed === true ? { confirmed } : {}),
        rowVersion: detector.rowVersion,
      };
      printJson(await client.call<DetectorRow>('PATCH', `/detectors/${detectorId}`, body));
    }),
  );
}
