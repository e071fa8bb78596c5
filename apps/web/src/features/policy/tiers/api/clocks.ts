import {
  holidayYearList,
  serviceClockList,
  workCalendar,
  type ServiceClockQuery,
  type WorkCalendar,
} from '@kezi/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const clocksQuery = (state: ServiceClockQuery['state'], segmentId: number | undefined) =>
  queryOptions({
    queryKey: ['entitlements', 'clocks', state, segmentId ?? 0],
    queryFn: ({ signal }) =>
      api.get('/entitlements/clocks', { query: { state, segmentId }, schema: serviceClockList, signal }),
    placeholderData: keepPreviousData,
  });
export const clocksOfQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['entitlements', 'clocks', 'customer', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/clocks`, { schema: serviceClockList, signal }),
  });
export const calendarQuery = queryOptions({
  queryKey: ['work-calendar'],
  queryFn: ({ signal }) => api.get('/work-calendar', { schema: workCalendar, signal }),
});

/** Facts: they do not change while the page is open. */
export const holidaysQuery = queryOptions({
  queryKey: ['work-calendar', 'holidays'],
  queryFn: ({ signal }) => api.get('/work-calendar/holidays', { schema: holidayYearList, signal }),
  staleTime: Infinity,
});

export const useSolveClock = () =>
  useApiMutation({
    call: (id: number) => api.post(`/entitlements/clocks/${id}/solve`, undefined),
    invalidate: [['entitlements'], ['notes']],
  });
export const useSaveCalendar = () =>
  useApiMutation({
    call: (input: WorkCalendar) => api.put('/work-calendar', input, { schema: workCalendar }),
    invalidate: [['work-calendar']],
  });
