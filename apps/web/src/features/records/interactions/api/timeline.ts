import {
  contactPage,
  interactionRow,
  timelinePage,
  type InteractionInput,
  type InteractionPatch,
  type InteractionRow,
  type TimelineKind,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const timelineOf = (customerId: number) => ['timeline', customerId] as const;

/** Everything that happened to a customer, the newest first; all kinds where none is named. */
export const timelineQuery = (customerId: number, kinds: readonly TimelineKind[]) =>
  infiniteQueryOptions({
    queryKey: [...timelineOf(customerId), kinds.join(' ')],
    queryFn: ({ pageParam, signal }) =>
      api.get(`/customers/${customerId}/timeline`, {
        query: { limit: 30, cursor: pageParam, kind: kinds },
        schema: timelinePage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Who may have taken part: the first 200 contacts of the customer. */
export const peopleQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['contacts', 'names', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/contacts`, { query: { limit: 200 }, schema: contactPage, signal }),
    select: (page) => page.items.filter((contact) => contact.leftOn === null),
  });

export const useLogInteraction = (customerId: number) =>
  useApiMutation({
    call: (input: InteractionInput, { key }) =>
      api.post(`/customers/${customerId}/interactions`, input, {
        schema: interactionRow,
        idempotencyKey: key,
      }),
    invalidate: [timelineOf(customerId)],
  });

/** Changes an interaction as it was read; 409 where somebody has changed it since. */
export const useSaveInteraction = ({ interactionId, customerId }: InteractionRow) =>
  useApiMutation({
    call: (patch: InteractionPatch) =>
      api.patch(`/interactions/${interactionId}`, patch, { schema: interactionRow }),
    invalidate: [timelineOf(customerId)],
  });

/** `onDone` is told before the timeline is: with the entry goes the button that asked. */
export const useDeleteInteraction = ({ customerId }: InteractionRow, onDone: () => void) =>
  useApiMutation({
    call: (interactionId: number) => api.delete(`/interactions/${interactionId}`),
    invalidate: [timelineOf(customerId)],
    onDone,
  });

export const restoreInteraction = (interactionId: number) =>
  api.post(`/interactions/${interactionId}/restore`, undefined, { schema: interactionRow });
