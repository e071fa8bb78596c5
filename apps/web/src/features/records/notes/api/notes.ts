import {
  contactPage,
  notePage,
  noteRow,
  preferenceProfile,
  type NoteInput,
  type NotePatch,
  type NoteRow,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

const notesKey = (customerId: number) => ['notes', customerId] as const;

/** The latest 200 notes of a customer, of all kinds. */
export const notesQuery = (customerId: number) =>
  queryOptions({
    queryKey: notesKey(customerId),
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/notes`, { query: { limit: 200 }, schema: notePage, signal }),
  });

export const preferencesQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['notes', 'preferences', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/preferences`, { schema: preferenceProfile, signal }),
  });

/** Who may have said it. */
export const speakersQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['contacts', 'names', customerId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/contacts`, { query: { limit: 200 }, schema: contactPage, signal }),
  });

export const useAddNote = (customerId: number) =>
  useApiMutation({
    call: (input: NoteInput, { key }) =>
      api.post(`/customers/${customerId}/notes`, input, { schema: noteRow, idempotencyKey: key }),
    invalidate: [notesKey(customerId)],
  });

export const useSaveNote = ({ noteId, customerId }: Pick<NoteRow, 'noteId' | 'customerId'>) =>
  useApiMutation({
    call: (patch: NotePatch) => api.patch(`/notes/${noteId}`, patch, { schema: noteRow }),
    invalidate: [notesKey(customerId)],
  });

/** `onDone` is told before the list is: with the note goes the button that asked. */
export const useDeleteNote = (customerId: number, onDone: () => void) =>
  useApiMutation({
    call: (noteId: number) => api.delete(`/notes/${noteId}`),
    invalidate: [notesKey(customerId)],
    onDone,
  });

export const restoreNote = (noteId: number) =>
  api.post(`/notes/${noteId}/restore`, undefined, { schema: noteRow });
