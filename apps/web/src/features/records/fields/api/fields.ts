import { customField, type CustomFieldInput, type CustomFieldPatch } from '@kezi/contract';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { customFieldsQuery } from '../../../../lib/custom-fields.js';

const invalidate = [customFieldsQuery.queryKey, ['customers']];

export const useAddField = () =>
  useApiMutation({
    call: (input: CustomFieldInput, { key }) =>
      api.post('/custom-fields', input, { schema: customField, idempotencyKey: key }),
    invalidate,
  });

export const useChangeField = () =>
  useApiMutation({
    call: ({ id, patch }: { id: number; patch: CustomFieldPatch }) =>
      api.patch(`/custom-fields/${id}`, patch, { schema: customField }),
    invalidate,
  });

export const useRetireField = () =>
  useApiMutation({ call: (id: number) => api.delete(`/custom-fields/${id}`), invalidate });
