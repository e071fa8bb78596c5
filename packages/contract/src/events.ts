/** What may happen, in the past tense, with what is told about it. A slice adds its own by declaration merging or here. */
export interface KeziEvents {
  'user.changed': { userId: number };
  'organisation.changed': Record<string, never>;
  'contract.changed': { customerId: number; contractId: number };
  'payment.changed': { customerId: number };
  'group.changed': { customerId: number };
  'customer.transferred': { transferId: number; ownerId: number | null; customers: number };
  'pool.changed': { poolId: number };
  'recycle.warned': { ownerId: number; customers: number };
  'dispute.changed': { disputeId: number };
  'contact.changed': { customerId: number; contactId: number };
  'interaction.changed': { customerId: number; interactionId: number };
  'import.finished': { importBatchId: number };
  'demo.loaded': { userId: number };
  'valuation.changed': { valuationRunId: number };
  'warning.changed': { customerId: number | null };
  'task.changed': { taskId: number };
  'lifecycle.changed': { asOf: string };
  /** Once a night, when the day's figures may be worked out. */
  'night.began': Record<string, never>;
  'churn.changed': { churnRunId: number };
  'score.published': { valuationRunId: number };
  'tiers.changed': { tierRunId: number };
}

export type EventType = keyof KeziEvents;
