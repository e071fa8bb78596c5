import { defineFeature } from '../../../lib/feature.js';

/** The fields that the company adds to its customers. */
export default defineFeature({
  id: 'fields',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'settings',
    group: 'records',
    path: '/settings/fields',
    label: 'fields.title',
    order: 45,
    permission: 'fields:write',
  },
  routes: [
    {
      path: '/settings/fields',
      title: 'fields.title',
      permission: 'fields:write',
      page: () => import('./pages/list-fields.js'),
    },
  ],
  commands: [
    {
      id: 'fields',
      label: 'fields.title',
      path: '/settings/fields',
      permission: 'fields:write',
      keywords: 'zidingyiziduan zdyzd custom fields',
    },
  ],
});
