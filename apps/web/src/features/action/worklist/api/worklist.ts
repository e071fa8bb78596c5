import {
  appraisal,
  taskList,
  taskRow,
  teamLoad,
  warningRow,
  worklist,
  type InteractionInput,
  type TaskInput,
  type TaskRow,
  type WarningOutcome,
  type WarningRow,
  type Worklist,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

const everything = [['worklist'], ['warnings'], ['tasks'], ['timeline']] as const;

export const worklistQuery = (whose: 'mine' | 'team', userId?: number, segmentId?: number) =>
  queryOptions({
    queryKey: ['worklist', whose, userId ?? 0, segmentId ?? 0],
    queryFn: ({ signal }) =>
      api.get('/worklist', { query: { whose, userId, segmentId }, schema: worklist, signal }),
  });

/** Whether there is any customer to work with. */
export const anyCustomerQuery = queryOptions({
  queryKey: ['customers', 'any'],
  queryFn: ({ signal }) =>
    api.get('/customers', { query: { limit: 1 }, schema: z.object({ items: z.array(z.unknown()) }), signal }),
});

export const teamQuery = (segmentId?: number) =>
  queryOptions({
    queryKey: ['worklist', 'load', segmentId ?? 0],
    queryFn: ({ signal }) => api.get('/worklist/team', { query: { segmentId }, schema: teamLoad, signal }),
  });

export interface AppraisalAsked {
  sinceRunId?: number | undefined;
  segmentId: number | undefined;
  groupsOf?: number;
}

export const appraisalQuery = (asked: AppraisalAsked) =>
  queryOptions({
    queryKey: ['worklist', 'appraisal', asked],
    queryFn: ({ signal }) =>
      api.get('/worklist/appraisal', { query: { ...asked }, schema: appraisal, signal }),
  });

interface TasksAsked {
  from: string;
  to: string;
  whose?: 'mine' | 'team';
  segmentId?: number | undefined;
  customerId?: number;
  /** Cancelled ones too. */
  cancelled: boolean;
  /** And the warnings that are due. */
  warnings?: boolean;
}

export const tasksQuery = (query: TasksAsked) =>
  queryOptions({
    queryKey: ['tasks', query],
    queryFn: ({ signal }) => api.get('/tasks', { query: { ...query }, schema: taskList, signal }),
  });

export type WorklistItem = Worklist['items'][number];

export const useAddTask = () =>
  useApiMutation({
    call: (input: TaskInput, { key }) => api.post('/tasks', input, { schema: taskRow, idempotencyKey: key }),
    invalidate: everything,
  });

/** Postpones a task to a day, or takes it off the list; or puts it back. */
export const useChangeTask = () =>
  useApiMutation({
    call: ({
      task,
      ...patch
    }: {
      task: TaskRow;
      dueOn?: string;
      status?: 'cancelled' | 'open';
      note?: string | undefined;
    }) => api.patch(`/tasks/${task.taskId}`, { ...patch, rowVersion: task.rowVersion }, { schema: taskRow }),
    invalidate: everything,
  });

/** Puts back a task that is done or cancelled. */
export const useReopenTask = () =>
  useApiMutation({
    call: ({ taskId, rowVersion }: Pick<TaskRow, 'taskId' | 'rowVersion'>, { key }) =>
      api.post(`/tasks/${taskId}/reopen`, { rowVersion }, { schema: taskRow, idempotencyKey: key }),
    invalidate: everything,
  });

interface Finished {
  interaction: InteractionInput | undefined;
  outcome: WarningOutcome | undefined;
}

export const useFinishTask = () =>
  useApiMutation({
    call: ({ task, interaction, outcome }: Finished & { task: TaskRow }, { key }) =>
      api.post(
        `/tasks/${task.taskId}/done`,
        { interaction, outcome, rowVersion: task.rowVersion },
        { schema: taskRow, idempotencyKey: key },
      ),
    invalidate: everything,
  });

export const useHandleWarning = () =>
  useApiMutation({
    call: (
      { warning, interaction, outcome, withOthers }: Finished & { warning: WarningRow; withOthers: boolean },
      { key },
    ) =>
      api.post(
        `/warnings/${warning.warningId}/handle`,
        { interaction, outcome: outcome ?? 'watching', withOthers, rowVersion: warning.rowVersion },
        { schema: warningRow, idempotencyKey: key },
      ),
    invalidate: everything,
  });

export const useSnoozeWarning = () =>
  useApiMutation({
    call: (
      { warning, until, withOthers }: { warning: WarningRow; until: string; withOthers: boolean },
      { key },
    ) =>
      api.post(
        `/warnings/${warning.warningId}/snooze`,
        { until, withOthers, rowVersion: warning.rowVersion },
        { schema: warningRow, idempotencyKey: key },
      ),
    invalidate: everything,
  });

export const useFalseAlarm = () =>
  useApiMutation({
    call: (warning: WarningRow, { key }) =>
      api.post(
        `/warnings/${warning.warningId}/false-alarm`,
        { rowVersion: warning.rowVersion },
        { schema: warningRow, idempotencyKey: key },
      ),
    invalidate: everything,
  });

/** Takes back a snooze, an end or a false alarm. */
export const useReopenWarning = () =>
  useApiMutation({
    call: ({ warningId, rowVersion }: Pick<WarningRow, 'warningId' | 'rowVersion'>, { key }) =>
      api.post(`/warnings/${warningId}/reopen`, { rowVersion }, { schema: warningRow, idempotencyKey: key }),
    invalidate: everything,
  });
