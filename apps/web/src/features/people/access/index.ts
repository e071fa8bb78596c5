import { defineFeature } from '../../../lib/feature.js';

/** Who sees what: departments and scopes, shares, deputies, fields kept from roles. */
export default defineFeature({
  id: 'access',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: [
    { place: 'settings', group: 'own', path: '/settings/deputies', label: 'access.deputies', order: 15 },
    {
      place: 'settings',
      group: 'company',
      path: '/settings/placement',
      label: 'access.placement',
      order: 42,
      permission: 'users:write',
    },
    {
      place: 'settings',
      group: 'guard',
      path: '/settings/wall',
      label: 'access.wall',
      order: 44,
      permission: 'wall:read',
    },
  ],
  routes: [
    { path: '/settings/deputies', title: 'access.deputies', page: () => import('./pages/list-deputies.js') },
    {
      path: '/settings/placement',
      title: 'access.placement',
      permission: 'users:write',
      page: () => import('./pages/list-placements.js'),
    },
    {
      path: '/settings/wall',
      title: 'access.wall',
      permission: 'wall:read',
      page: () => import('./pages/edit-wall.js'),
    },
  ],
  commands: [
    {
      id: 'deputy',
      label: 'access.deputies.new',
      path: '/settings/deputies',
      keywords: 'xiujiadaili daili xjdl deputy absence',
    },
  ],
  customerPart: {
    name: 'access',
    permission: 'customers:read',
    view: () => import('./components/customer-access.js'),
  },
});
