import type { TaskRow } from '@kezi/contract';

/** An answer or a solution is told by the customer's own record: the task follows it, not the other way round. */
export const canReopen = ({ kind, status }: Pick<TaskRow, 'kind' | 'status'>): boolean =>
  status === 'cancelled' || (status === 'done' && kind !== 'response' && kind !== 'solution');
