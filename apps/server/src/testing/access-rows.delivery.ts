import type { AccessRow } from './access-row.js';

const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const leaders = ['administrator', 'director', 'manager'] as const;
const administrators = ['administrator'] as const;

/** Some in a minute: whoever has that right gets as far as the limit. The address is one that nothing is sent to. */
const sentOrEnough = [200, 429];

/** What goes out: webhooks, deliveries, robots, mail, and what each person is told of. */
export const deliveryRows = {
  'GET /webhooks': { right: 'webhooks:read', may: leaders },
  'GET /webhooks/:id': { right: 'webhooks:read', may: leaders, of: 'webhook' },
  'POST /webhooks': {
    right: 'webhooks:write',
    may: leaders,
    body: (serial) => ({ name: `hook ${serial}`, url: 'https://127.0.0.1/', events: ['task.changed'] }),
    // It leads to this machine.
    statuses: [422],
  },
  'PATCH /webhooks/:id': {
    right: 'webhooks:write',
    may: leaders,
    of: 'webhook',
    body: () => ({ rowVersion: 77, isActive: false }),
    statuses: [409],
  },
  'DELETE /webhooks/:id': { right: 'webhooks:write', may: leaders, of: 'webhook' },
  'POST /webhooks/:id/secret': { right: 'webhooks:write', may: leaders, of: 'webhook' },
  'POST /webhooks/:id/test': {
    right: 'webhooks:write',
    may: leaders,
    of: 'webhook',
    statuses: sentOrEnough,
  },
  'GET /deliveries': { right: 'webhooks:read', may: leaders, ids: { webhookId: 'webhook', robotId: null } },
  'POST /deliveries/:id/replay': {
    right: 'webhooks:write',
    may: leaders,
    of: 'delivery',
    // It was sent, or waits still.
    statuses: [404, 409],
  },
  'GET /robots': { right: 'robots:read', may: everybody },
  'POST /robots': {
    right: 'robots:write',
    may: leaders,
    body: (serial) => ({
      name: `robot ${serial}`,
      vendor: 'wecom',
      url: 'https://127.0.0.1/',
      teamId: 999_999,
      kinds: [],
    }),
    // Its writer keeps no such team.
    statuses: 'any',
  },
  'PATCH /robots/:id': {
    right: 'robots:write',
    may: leaders,
    of: 'robot',
    body: () => ({ rowVersion: 77, isActive: false }),
    statuses: [409],
  },
  'DELETE /robots/:id': { right: 'robots:write', may: leaders, of: 'robot' },
  'POST /robots/:id/test': { right: 'robots:write', may: leaders, of: 'robot', statuses: sentOrEnough },
  'GET /outbound': { right: 'outbound:read', may: administrators },
  'PATCH /outbound': {
    right: 'outbound:write',
    may: administrators,
    body: () => ({ rowVersion: 77, mailUser: 'x' }),
    // Somebody has changed it meanwhile.
    statuses: [409],
  },
  'POST /outbound/mail-test': {
    right: 'outbound:write',
    may: administrators,
    body: () => ({}),
    // There is no mail server.
    statuses: [409],
  },
  'GET /me/notices': { right: 'notices:read', may: everybody },
  'POST /me/notices/read': {
    right: 'notices:write',
    may: everybody,
    body: () => ({ noticeIds: [] }),
    ids: { noticeIds: null },
  },
  'GET /me/notice-settings': { right: 'notices:read', may: everybody },
  'PATCH /me/notice-settings': {
    right: 'notices:write',
    may: everybody,
    body: () => ({ rowVersion: 77 }),
    ids: { robotId: null },
    statuses: [409],
  },
} satisfies Record<string, AccessRow>;
