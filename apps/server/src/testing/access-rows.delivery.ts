import type { AccessRow } from './access-row.js';

const everybody = ['administrator', 'director', 'manager', 'member'] as const;
const leaders = ['administrator', 'director', 'manager'] as const;
const administrators = ['administrator'] as const;

/** Ids that are of none of the kinds of the matrix. */
const ofWebhook =
  'The id is of a webhook or a delivery, which are their maker’s; their own test file says who may.';
const ofRobot = 'The id is of the robot of a group; its own test file says who may.';
const callsOutside = 'A good request calls a place outside; its own test file has one.';

/** What goes out: webhooks, deliveries, robots, mail, and what each person is told of. */
export const deliveryRows = {
  'GET /webhooks': { right: 'webhooks:read', may: leaders },
  'GET /webhooks/:id': { right: 'webhooks:read', may: leaders, of: 'customer', refusalsOnly: ofWebhook },
  'POST /webhooks': {
    right: 'webhooks:write',
    may: leaders,
    body: (serial) => ({ name: `hook ${serial}`, url: 'https://127.0.0.1/', events: ['task.changed'] }),
    // It leads to this machine.
    statuses: [403],
  },
  'PATCH /webhooks/:id': { right: 'webhooks:write', may: leaders, of: 'customer', refusalsOnly: ofWebhook },
  'DELETE /webhooks/:id': { right: 'webhooks:write', may: leaders, of: 'customer', refusalsOnly: ofWebhook },
  'POST /webhooks/:id/secret': {
    right: 'webhooks:write',
    may: leaders,
    of: 'customer',
    refusalsOnly: ofWebhook,
  },
  'POST /webhooks/:id/test': {
    right: 'webhooks:write',
    may: leaders,
    of: 'customer',
    refusalsOnly: ofWebhook,
  },
  'GET /deliveries': { right: 'webhooks:read', may: leaders, ids: { webhookId: null, robotId: null } },
  'POST /deliveries/:id/replay': {
    right: 'webhooks:write',
    may: leaders,
    of: 'customer',
    refusalsOnly: ofWebhook,
  },
  'GET /robots': { right: 'robots:read', may: everybody },
  'POST /robots': {
    right: 'robots:write',
    may: leaders,
    ids: { teamId: null },
    refusalsOnly: 'A good request needs a team that its writer sees; its own test file has one.',
  },
  'PATCH /robots/:id': { right: 'robots:write', may: leaders, of: 'customer', refusalsOnly: ofRobot },
  'DELETE /robots/:id': { right: 'robots:write', may: leaders, of: 'customer', refusalsOnly: ofRobot },
  'POST /robots/:id/test': { right: 'robots:write', may: leaders, of: 'customer', refusalsOnly: ofRobot },
  'GET /outbound': { right: 'outbound:read', may: administrators },
  'PATCH /outbound': {
    right: 'outbound:write',
    may: administrators,
    body: () => ({ rowVersion: 77, mailUser: 'x' }),
    // Somebody has changed it meanwhile.
    statuses: [409],
  },
  'POST /outbound/mail-test': { right: 'outbound:write', may: administrators, refusalsOnly: callsOutside },
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
