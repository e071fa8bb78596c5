import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'models',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'value',
    path: '/value/models',
    label: 'models.menu',
    order: 30,
    permission: 'valuation:read',
  },
  routes: [
    {
      path: '/value/models',
      title: 'models.title',
      permission: 'valuation:read',
      page: () => import('./pages/try-models.js'),
    },
  ],
  commands: [
    {
      id: 'models.try',
      label: 'models.title',
      path: '/value/models',
      permission: 'valuation:read',
      keywords: 'moxing mx nihe nh shengcun liucun',
    },
  ],
});
