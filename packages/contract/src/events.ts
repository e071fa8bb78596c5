export interface TierMove {
  customerId: number;
  tierId: number | null;
  previousTierId: number | null;
}

/** What may happen, in the past tense, with what is told about it. A slice adds its own by declaration merging or here. */
export interface KeziEvents {
  'user.changed': { userId: number };
  'organisation.changed': Record<string, never>;
  'contract.changed': { customerId: number; contractId: number };
  'payment.changed': { customerId: number };
  'group.changed': { customerId: number };
  'customer.transferred': { transferId: number; ownerId: number | null; customers: number };
  /** A customer who is a person was taken out: what is kept has a number and no name. */
  'customer.erased': { customerId: number };
  'pool.changed': { poolId: number };
  'recycle.warned': { ownerId: number; customers: number };
  'dispute.changed': { disputeId: number };
  'contact.changed': { customerId: number; contactId: number };
  'note.changed': { customerId: number; noteId: number };
  /** What a customer was promised an answer to began, was answered or ended. Null: several at once. */
  'clock.changed': { customerId: number | null };
  'interaction.changed': { customerId: number; interactionId: number };
  'import.finished': { importBatchId: number };
  'demo.loaded': { userId: number };
  /** Its last valuation is published: what is made from values can be made. */
  'demo.valued': { userId: number };
  'valuation.changed': { valuationRunId: number };
  'warning.settled': { warningId: number; customerId: number; status: string };
  'warning.changed': { customerId: number | null };
  /** Null: several at once. */
  'task.changed': { taskId: number | null };
  /** All detectors were asked; news: records, orders or figures are other than in the run before. */
  'warnings.ran': { asOf: string; hasNews: boolean };
  'lifecycle.changed': { asOf: string };
  'segments.changed': { clusterRunId: number };
  /** Once a night, when the day's figures may be worked out. */
  'night.began': Record<string, never>;
  'churn.changed': { churnRunId: number };
  'score.published': { valuationRunId: number };
  /** A grading run came into force in the place of another. */
  'tier.enforced': { tierRunId: number; previousRunId: number | null };
  /** Customers whose tier is another one by a decision, or by the end of one. By whom; null: its day had come. */
  'tier.moved': { moves: TierMove[]; userId: number | null };
  /** Tiers by hand that somebody had asked for were approved or refused. */
  'tier.decided': { tierDecisionIds: number[] };
  'notice.changed': { userId: number };
  'webhook.paused': { webhookId: number };
  /** Null: a decision, not a run. */
  'tiers.changed': { tierRunId: number | null };
}

export type EventType = keyof KeziEvents;
