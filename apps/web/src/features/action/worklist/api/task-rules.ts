import {
  stageAction,
  taskRule,
  taskRuleList,
  type MadeTaskKind,
  type StageActionInput,
  type StageActionPatch,
  type TaskRulePatch,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

const touched = [['task-rules'], ['tasks'], ['worklist']] as const;

export const taskRulesQuery = queryOptions({
  queryKey: ['task-rules'],
  queryFn: ({ signal }) => api.get('/task-rules', { schema: taskRuleList, signal }),
});

export const useSetTaskRule = () =>
  useApiMutation({
    call: ({ kind, ...patch }: TaskRulePatch & { kind: MadeTaskKind }) =>
      api.patch(`/task-rules/${kind}`, patch, { schema: taskRule }),
    invalidate: touched,
  });

export const useAddStageAction = () =>
  useApiMutation({
    call: (input: StageActionInput, { key }) =>
      api.post('/stage-actions', input, { schema: stageAction, idempotencyKey: key }),
    invalidate: touched,
  });

export const useChangeStageAction = () =>
  useApiMutation({
    call: ({ id, ...patch }: StageActionPatch & { id: number }) =>
      api.patch(`/stage-actions/${id}`, patch, { schema: stageAction }),
    invalidate: touched,
  });

export const useDeleteStageAction = () =>
  useApiMutation({
    call: (id: number) => api.delete(`/stage-actions/${id}`),
    invalidate: touched,
  });
