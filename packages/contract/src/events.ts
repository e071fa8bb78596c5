/** What may happen, in the past tense, with what is told about it. A slice adds its own by declaration merging or here. */
export interface KeziEvents {
  'user.changed': { userId: number };
  'organisation.changed': Record<string, never>;
  'contact.changed': { customerId: number; contactId: number };
  'interaction.changed': { customerId: number; interactionId: number };
  'import.finished': { importBatchId: number };
  'demo.loaded': { userId: number };
  'valuation.changed': { valuationRunId: number };
  'score.published': { valuationRunId: number };
}

export type EventType = keyof KeziEvents;
