import { defineFeature } from '../../../lib/feature.js';

/** How long persons are kept. */
export default defineFeature({
  id: 'retention',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'settings',
    group: 'guard',
    path: '/settings/retention',
    label: 'retention.title',
    order: 46,
    permission: 'retention:read',
  },
  routes: [
    {
      path: '/settings/retention',
      title: 'retention.title',
      permission: 'retention:read',
      page: () => import('./pages/edit-retention.js'),
    },
  ],
});
