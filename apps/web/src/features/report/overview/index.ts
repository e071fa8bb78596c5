import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'overview',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: { place: 'value', path: '/value', label: 'overview.menu' },
  routes: [
    {
      path: '/value',
      title: 'overview.title',
      permission: 'overview:read',
      page: () => import('./pages/overview.js'),
    },
  ],
  commands: [
    {
      id: 'overview',
      label: 'overview.title',
      path: '/value',
      permission: 'overview:read',
      keywords: 'kehuzichan khzc jiazhi jz',
    },
  ],
});
