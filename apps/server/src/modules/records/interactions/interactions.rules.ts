import { longestSummary, type InteractionInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

/** A clock that runs ahead is no reason to refuse what was written down at once. */
const aheadMs = 10 * 60_000;
const earliest = Date.UTC(1990, 0, 1);

/** What is kept of an interaction beside whose it is. */
export interface InteractionState {
  kind: InteractionInput['kind'];
  happenedAt: Date;
  summary: string;
  outcome: string | null;
  nextStep: string | null;
  nextStepOn: string | null;
  contactIds: number[];
  userIds: number[];
}

/** What has not happened yet is no interaction, nor what is older than any system. */
export function isInTime(at: Date, now: Date): boolean {
  return at.getTime() <= now.getTime() + aheadMs && at.getTime() >= earliest;
}

export function summaryTooLarge(): CodedError {
  return new CodedError('interactions.summary_too_large', { limit: longestSummary });
}

/**
 * The state with what is given; each participant once.
 * @throws CodedError interactions.summary_too_large, interactions.not_yet, interactions.next_step_missing
 */
export function stateAfter(
  before: InteractionState,
  given: { [Field in keyof InteractionInput]?: InteractionInput[Field] | undefined },
  now: Date,
): InteractionState {
  const { happenedAt, ...rest } = given;
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const after: InteractionState = { ...before, ...named };
  if (happenedAt !== undefined) after.happenedAt = new Date(happenedAt);
  after.contactIds = [...new Set(after.contactIds)];
  after.userIds = [...new Set(after.userIds)];
  if (after.summary.length > longestSummary) throw summaryTooLarge();
  if (!isInTime(after.happenedAt, now)) throw new CodedError('interactions.not_yet');
  // A day without a step says nothing; taking the step away takes its day along.
  if (after.nextStep === null && given.nextStepOn) throw new CodedError('interactions.next_step_missing');
  return after.nextStep === null ? { ...after, nextStepOn: null } : after;
}
