import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'contracts',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: [
    {
      place: 'customers',
      group: 'trade',
      path: '/contracts',
      label: 'contracts.menu',
      order: 4,
      permission: 'contracts:read',
    },
    {
      place: 'customers',
      group: 'trade',
      path: '/receivables',
      label: 'contracts.receivables',
      order: 5,
      permission: 'payments:read',
    },
  ],
  routes: [
    {
      path: '/contracts',
      title: 'contracts.menu',
      permission: 'contracts:read',
      page: () => import('./pages/list-contracts.js'),
    },
    {
      path: '/receivables',
      title: 'contracts.receivables',
      permission: 'payments:read',
      page: () => import('./pages/list-receivables.js'),
    },
  ],
  commands: [
    {
      id: 'contracts',
      label: 'contracts.menu',
      path: '/contracts',
      permission: 'contracts:read',
      keywords: 'hetong ht',
    },
    {
      id: 'receivables',
      label: 'contracts.receivables',
      path: '/receivables',
      permission: 'payments:read',
      keywords: 'yingshou huikuan ys hk zhangling',
    },
  ],
  customerPart: {
    name: 'contracts',
    permission: 'contracts:read',
    view: () => import('./components/contracts-view.js'),
  },
});
