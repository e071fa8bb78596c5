import { consent, consentList, erased, personalData, type consentInput } from '@kezi/contract';
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

/** All that is kept of the person; that it was given out is on record. */
export const useExportPerson = () =>
  useApiMutation({
    call: (contactId: number) =>
      api.post(`/contacts/${contactId}/personal-data`, undefined, { schema: personalData }),
  });

/** Cannot be undone. */
export const useErasePerson = ({ contactId, customerId }: { contactId: number; customerId: number }) =>
  useApiMutation({
    call: (reason: string) => api.post(`/contacts/${contactId}/erase`, { reason }, { schema: erased }),
    invalidate: [['contacts', 'of', customerId], ['customers']],
  });
