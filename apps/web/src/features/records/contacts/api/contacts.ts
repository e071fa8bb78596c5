import {
  contactPage,
  contactRow,
  contactWays,
  type ContactInput,
  type ContactPatch,
  type ContactRow,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

const keyOf = (customerId: number) => ['contacts', 'of', customerId] as const;

/** All people at a customer; they are some hundred at most, in pages of 200. */
export const contactsQuery = (customerId: number) =>
  queryOptions({
    queryKey: keyOf(customerId),
    queryFn: async ({ signal }) => {
      const contacts: ContactRow[] = [];
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page: { items: ContactRow[]; nextCursor: string | null } = await api.get(
          `/customers/${customerId}/contacts`,
          { query: { limit: 200, cursor }, schema: contactPage, signal },
        );
        contacts.push(...page.items);
        cursor = page.nextCursor;
      }
      return contacts;
    },
  });

export const useAddContact = (customerId: number) =>
  useApiMutation({
    call: (input: ContactInput, { key }) =>
      api.post(`/customers/${customerId}/contacts`, input, { schema: contactRow, idempotencyKey: key }),
    invalidate: [keyOf(customerId)],
  });

/** Changes a contact as it was read; 409 where somebody has changed it since, and the new version is fetched. */
export const useSaveContact = ({ contactId, customerId }: Pick<ContactRow, 'contactId' | 'customerId'>) =>
  useApiMutation({
    call: (patch: ContactPatch) => api.patch(`/contacts/${contactId}`, patch, { schema: contactRow }),
    invalidate: [keyOf(customerId)],
  });

/** `onDone` is told before the list is: with the contact goes the card that asked. */
export const useDeleteContact = (customerId: number, onDone: () => void) =>
  useApiMutation({
    call: (contactId: number) => api.delete(`/contacts/${contactId}`),
    invalidate: [keyOf(customerId)],
    onDone,
  });

export const restoreContact = (contactId: number) =>
  api.post(`/contacts/${contactId}/restore`, undefined, { schema: contactRow });

/** Phones, mails and WeChat in full; that they were asked for is on record. */
export const useRevealContact = () =>
  useApiMutation({
    call: (contactId: number) =>
      api.post(`/contacts/${contactId}/reveal`, undefined, { schema: contactWays }),
  });
