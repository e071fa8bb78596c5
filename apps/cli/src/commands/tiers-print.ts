import {
  tierRunWord,
  type CustomerTier,
  type TierFeature,
  type TierOverview,
  type TierPreview,
  type TierRun,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { note, printColumns, printJson, printTable, say } from '../output.js';

type Reason = CustomerTier['reasons'][number];

const whole = (language: Language) => new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const tenths = (language: Language) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

/** The tiers of today, or one line of JSON on a pipe. */
export function printTiers(overview: TierOverview, language: Language): void {
  if (!process.stdout.isTTY) return printJson(overview);
  const words = ['tier', 'customers', 'value'] as const;
  const figure = whole(language);
  printColumns(
    [
      words.map((word) => say(language, `tiers.${word}`)),
      ...overview.tiers.map((tier) => [tier.name, figure.format(tier.customers), figure.format(tier.clv)]),
    ],
    new Set([1, 2]),
  );
  if (overview.ungraded > 0) note(say(language, 'tiers.ungraded', { count: overview.ungraded }));
}

/**
 * Customers, value and moves of a policy that is tried. @param features what indicators are called
 */
export function printPreview(
  preview: TierPreview,
  features: readonly Pick<TierFeature, 'key' | 'name'>[],
  language: Language,
): void {
  if (!process.stdout.isTTY) return printJson(preview);
  const figure = whole(language);
  const nameOf = (tierId: number | null) =>
    [...preview.toTiers, ...preview.fromTiers].find((tier) => tier.tierId === tierId)?.name ?? '–';
  const heads = ['tier', 'customers', 'value', 'cutScore'] as const;
  printColumns(
    [
      heads.map((word) => say(language, `tiers.${word}`)),
      ...preview.tiers.map((tier) => [
        nameOf(tier.tierId),
        figure.format(tier.customers),
        figure.format(tier.clv),
        tier.cutScore === null ? '–' : tenths(language).format(tier.cutScore),
      ]),
    ],
    new Set([1, 2, 3]),
  );
  for (const move of preview.moves) {
    if (move.fromTierId === move.toTierId) continue;
    note(`${nameOf(move.fromTierId)} → ${nameOf(move.toTierId)}: ${figure.format(move.customers)}`);
  }
  for (const each of [...preview.movers.up, ...preview.movers.down]) {
    note(
      `${each.customerNo} ${each.name}: ${nameOf(each.fromTierId)} → ${nameOf(each.toTierId)}, ${figure.format(each.clv)}`,
    );
  }
  for (const doubt of preview.doubts) {
    const isTier = doubt.kind === 'tier-empty' || doubt.kind === 'all-in-one' || doubt.kind === 'ties';
    const named = features.find(({ key }) => key === doubt.subject)?.name ?? doubt.subject;
    const subject = isTier ? nameOf(Number(doubt.subject)) : (named ?? '');
    note(say(language, `tiers.doubt.${doubt.kind}`, { subject }));
  }
}

/** How far a grading is, small as all that stands in a column of a terminal. */
export const runStatus = ({ status }: Pick<TierRun, 'status'>, language: Language): string =>
  tierRunWord(status, language).toLowerCase();

export function printRun(run: TierRun, language: Language): void {
  if (!process.stdout.isTTY) return printJson(run);
  printTable([
    [say(language, 'tiers.run'), String(run.tierRunId)],
    [say(language, 'tiers.policy'), `${run.policyName} ${run.versionNo ?? ''}`],
    [say(language, 'tiers.status'), runStatus(run, language)],
    [say(language, 'tiers.effectiveOn'), run.effectiveOn],
    ...run.tiers.map((tier): [string, string] => [
      tier.name,
      String(run.summary?.tiers.find((each) => each.tierId === tier.tierId)?.customers ?? ''),
    ]),
  ]);
  if (run.waitingDemotions > 0) note(say(language, 'tiers.demotions', { count: run.waitingDemotions }));
}

/** What was measured, in the unit of its indicator; money in major units of the base currency. */
function measuredText({ unit, measured }: Reason, minorDigits: number, language: Language): string {
  if (measured === null) return '–';
  if (unit === 'share')
    return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(measured);
  if (unit === 'money') return whole(language).format(measured);
  if (unit === 'money-minor') return whole(language).format(measured / 10 ** minorDigits);
  return tenths(language).format(measured);
}

/** Why a customer has its tier: indicator by indicator, and how far the next is. */
export function printWhy(tier: CustomerTier, minorDigits: number, language: Language): void {
  if (tier.tier === null) return note(say(language, 'tiers.notGraded', { date: tier.on }));
  const figure = tenths(language);
  printTable([
    [say(language, 'tiers.tier'), tier.nameThen ?? tier.tier.name],
    [say(language, 'tiers.since'), tier.since ?? '–'],
    [say(language, 'tiers.score'), tier.score === null ? '–' : figure.format(tier.score)],
    [say(language, 'tiers.policy'), tier.policy ? `${tier.policy.name} ${tier.policy.versionNo}` : '–'],
  ]);
  const heads = ['indicator', 'measured', 'points', 'weight', 'contribution'] as const;
  printColumns(
    [
      heads.map((word) => say(language, `tiers.${word}`)),
      ...tier.reasons.map((reason) => [
        reason.name,
        measuredText(reason, minorDigits, language),
        figure.format(reason.points),
        `${figure.format(reason.weight)}%`,
        figure.format(reason.contribution),
      ]),
    ],
    new Set([1, 2, 3, 4]),
  );
  if (tier.next) {
    note(
      say(language, 'tiers.next', { tier: tier.next.tier.name, missing: figure.format(tier.next.missing) }),
    );
  }
}
