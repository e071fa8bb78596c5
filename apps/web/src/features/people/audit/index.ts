import { defineFeature } from '../../../lib/feature.js';

/** Who saw, changed and exported what. */
export default defineFeature({
  id: 'audit',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'settings',
    group: 'guard',
    path: '/settings/audit',
    label: 'audit.title',
    order: 70,
    permission: 'audit:read',
  },
  routes: [
    {
      path: '/settings/audit',
      title: 'audit.title',
      permission: 'audit:read',
      page: () => import('./pages/list-audit.js'),
    },
  ],
  commands: [
    {
      id: 'audit',
      label: 'audit.title',
      path: '/settings/audit',
      permission: 'audit:read',
      keywords: 'caozuojilu czjl shenji sj rizhi audit log',
    },
  ],
});
