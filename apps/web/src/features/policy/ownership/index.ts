import { defineFeature } from '../../../lib/feature.js';

/** Whose a customer is: pools, transfers, disputes, and the history on a customer's page. */
export default defineFeature({
  id: 'ownership',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: [
    {
      place: 'customers',
      group: 'ownership',
      path: '/customers/pools',
      label: 'ownership.pools',
      order: 40,
      permission: 'pools:read',
    },
    {
      place: 'customers',
      group: 'ownership',
      path: '/customers/transfers',
      label: 'ownership.transfers',
      order: 41,
      permission: 'customers:assign',
    },
    {
      place: 'customers',
      group: 'ownership',
      path: '/customers/disputes',
      label: 'ownership.disputes',
      order: 42,
      permission: 'disputes:write',
    },
  ],
  routes: [
    {
      path: '/customers/pools',
      title: 'ownership.pools',
      permission: 'pools:read',
      page: () => import('./pages/list-pools.js'),
    },
    {
      path: '/customers/pools/$poolId/rules',
      title: 'ownership.rules',
      permission: 'pools:read',
      page: () => import('./pages/list-rules.js'),
    },
    {
      path: '/customers/transfers',
      title: 'ownership.transfers',
      permission: 'customers:assign',
      page: () => import('./pages/list-transfers.js'),
    },
    {
      path: '/customers/transfers/new',
      title: 'ownership.newTransfer',
      permission: 'customers:assign',
      page: () => import('./pages/new-transfer.js'),
    },
    {
      path: '/customers/disputes',
      title: 'ownership.disputes',
      permission: 'disputes:write',
      page: () => import('./pages/list-disputes.js'),
    },
    {
      path: '/customers/handover',
      title: 'ownership.handover',
      permission: 'ownership:handover',
      page: () => import('./pages/hand-over.js'),
    },
  ],
  customerPart: {
    name: 'ownership',
    permission: 'customers:read',
    view: () => import('./components/ownership-view.js'),
  },
  commands: [
    {
      id: 'pools',
      label: 'ownership.pools',
      path: '/customers/pools',
      permission: 'pools:read',
      keywords: 'gonghai gh lingqu lq pool claim',
    },
    {
      id: 'handover',
      label: 'ownership.handover',
      path: '/customers/handover',
      permission: 'ownership:handover',
      keywords: 'lizhijiaojie lzjj jiaojie handover leave',
    },
  ],
});
