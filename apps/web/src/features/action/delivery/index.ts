import { defineFeature } from '../../../lib/feature.js';

/** What one is told of, and what goes out: notices, mail, robots of groups, webhooks. */
export default defineFeature({
  id: 'delivery',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: [
    { place: 'settings', group: 'own', path: '/settings/notices', label: 'delivery.mine', order: 12 },
    {
      place: 'settings',
      group: 'links',
      path: '/settings/outbound',
      label: 'delivery.title',
      order: 60,
      permission: 'webhooks:read',
    },
  ],
  routes: [
    { path: '/notices', title: 'delivery.notices', page: () => import('./pages/list-notices.js') },
    { path: '/settings/notices', title: 'delivery.mine', page: () => import('./pages/my-notices.js') },
    {
      path: '/settings/outbound',
      title: 'delivery.title',
      permission: 'webhooks:read',
      page: () => import('./pages/outbound.js'),
    },
  ],
  commands: [
    {
      id: 'notices',
      label: 'delivery.notices',
      path: '/notices',
      keywords: 'tongzhi tz xiaoxi notices inbox',
    },
    {
      id: 'outbound',
      label: 'delivery.title',
      path: '/settings/outbound',
      permission: 'webhooks:read',
      keywords: 'tongzhiyuduijie youjian qunjiqiren webhook mail robot smtp',
    },
  ],
});
