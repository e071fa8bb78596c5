import {
  consent,
  consentList,
  customerDetail,
  erased,
  erasedCustomer,
  personalCustomerData,
  personalData,
  type consentInput,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const consentsQuery = (contactId: number) =>
  queryOptions({
    queryKey: ['consents', contactId],
    queryFn: ({ signal }) => api.get(`/contacts/${contactId}/consents`, { schema: consentList, signal }),
  });

export const useGiveConsent = (contactId: number) =>
  useApiMutation({
    call: (input: z.input<typeof consentInput>, { key }) =>
      api.post(`/contacts/${contactId}/consents`, input, { schema: consent, idempotencyKey: key }),
    invalidate: [consentsQuery(contactId).queryKey],
  });

export const useWithdrawConsent = (contactId: number) =>
  useApiMutation({
    call: (consentId: number) => api.delete(`/consents/${consentId}`),
    invalidate: [consentsQuery(contactId).queryKey],
  });

/** A contact, or a customer who is a person. */
export interface PersonSubject {
  kind: 'contacts' | 'customers';
  id: number;
  customerId: number;
  name: string;
}

/** All that is kept of the person; that it was given out is on record. */
export const useExportPerson = ({ kind, id }: PersonSubject) =>
  useApiMutation({
    call: (): Promise<object> =>
      kind === 'contacts'
        ? api.post(`/contacts/${id}/personal-data`, undefined, { schema: personalData })
        : api.post(`/customers/${id}/personal-data`, undefined, { schema: personalCustomerData }),
  });

/** Cannot be undone. `onDone` is told before the lists are: with the person goes the card that asked. */
export const useErasePerson = (
  { kind, id, customerId }: PersonSubject,
  onDone: (answer: Pick<z.infer<typeof erased>, 'files'>) => void,
) =>
  useApiMutation({
    call: (reason: string): Promise<Pick<z.infer<typeof erased>, 'files'>> =>
      kind === 'contacts'
        ? api.post(`/contacts/${id}/erase`, { reason }, { schema: erased })
        : api.post(`/customers/${id}/erase`, { reason }, { schema: erasedCustomer }),
    invalidate: [['contacts', 'of', customerId], ['customers']],
    onDone,
  });

/** The name that is typed once more before the customer is erased. */
export const customerNameQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['customers', 'name', customerId],
    queryFn: async ({ signal }) => {
      const { name } = await api.get(`/customers/${customerId}`, { schema: customerDetail, signal });
      return name;
    },
  });
