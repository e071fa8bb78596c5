import {
  deliveryPage,
  deliveryRow,
  outboundSettings,
  robotList,
  robotRow,
  teamList,
  testResult,
  webhookList,
  webhookMade,
  webhookRow,
} from '@kezi/contract';
import type { NoticeKind, OutboundSettingsPatch, RobotVendor, WebhookEvent } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const outboundQuery = queryOptions({
  queryKey: ['outbound'],
  queryFn: ({ signal }) => api.get('/outbound', { schema: outboundSettings, signal }),
});

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => api.get('/webhooks', { schema: webhookList, signal }),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ waiting }) => waiting > 0) === true ? 10_000 : false,
});

export const robotsQuery = queryOptions({
  queryKey: ['robots'],
  queryFn: ({ signal }) => api.get('/robots', { schema: robotList, signal }),
});

/** Whose group a robot may speak in. */
export const groupTeamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => api.get('/teams', { schema: teamList, signal }),
});

/** While it is sent, a delivery is due again in two minutes: whoever sends it may have died. */
const isSoon = (dueAt: string) => Date.parse(dueAt) - Date.now() < 150_000;

/** The last deliveries to a webhook or a group; of all when neither is named. */
export const deliveriesQuery = (of: { webhookId?: number; robotId?: number }) =>
  queryOptions({
    queryKey: ['deliveries', of],
    queryFn: ({ signal }) =>
      api.get('/deliveries', { query: { ...of, limit: 30 }, schema: deliveryPage, signal }),
    // What is on its way, as after a click on "send again", is looked at until it has arrived.
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status, dueAt }) => status === 'waiting' && isSoon(dueAt)) === true
        ? 2000
        : false,
  });

const written = [webhooksQuery.queryKey, ['deliveries']] as const;

export function useChangeOutbound(onDone?: () => void) {
  return useApiMutation({
    onDone,
    call: (change: OutboundSettingsPatch) => api.patch('/outbound', change, { schema: outboundSettings }),
    invalidate: [outboundQuery.queryKey, ['notice-settings']],
  });
}

export function useTestMail() {
  return useApiMutation({
    call: (to: string) => api.post('/outbound/mail-test', to === '' ? {} : { to }, { schema: testResult }),
  });
}

interface WebhookWish {
  name: string;
  url: string;
  events: WebhookEvent[];
}

export function useMakeWebhook() {
  return useApiMutation({
    call: (wish: WebhookWish) => api.post('/webhooks', wish, { schema: webhookMade }),
    invalidate: written,
  });
}

export function useChangeWebhook() {
  return useApiMutation({
    call: ({ id, ...change }: { id: number; isActive?: boolean; rowVersion: number }) =>
      api.patch(`/webhooks/${id}`, change, { schema: webhookRow }),
    invalidate: written,
  });
}

export function useRemoveWebhook() {
  return useApiMutation({ call: (id: number) => api.delete(`/webhooks/${id}`), invalidate: written });
}

export function useTestWebhook() {
  return useApiMutation({
    call: (id: number) => api.post(`/webhooks/${id}/test`, undefined, { schema: testResult }),
    invalidate: written,
  });
}

export function useReplay() {
  return useApiMutation({
    call: (id: number) => api.post(`/deliveries/${id}/replay`, undefined, { schema: deliveryRow }),
    invalidate: written,
  });
}

interface RobotWish {
  name: string;
  vendor: RobotVendor;
  url: string;
  secret: string | null;
  teamId: number | null;
  kinds: NoticeKind[];
}

export function useMakeRobot() {
  return useApiMutation({
    call: (wish: RobotWish, { key }) => api.post('/robots', wish, { schema: robotRow, idempotencyKey: key }),
    invalidate: [robotsQuery.queryKey],
  });
}

export function useChangeRobot() {
  return useApiMutation({
    call: ({ id, ...change }: { id: number; isActive?: boolean; rowVersion: number }) =>
      api.patch(`/robots/${id}`, change, { schema: robotRow }),
    invalidate: [robotsQuery.queryKey],
  });
}

export function useRemoveRobot() {
  return useApiMutation({
    call: (id: number) => api.delete(`/robots/${id}`),
    invalidate: [robotsQuery.queryKey],
  });
}

export function useTestRobot() {
  return useApiMutation({
    call: (id: number) => api.post(`/robots/${id}/test`, undefined, { schema: testResult }),
  });
}
