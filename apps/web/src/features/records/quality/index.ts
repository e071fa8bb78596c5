import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'quality',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'customers',
    group: 'data',
    path: '/quality',
    label: 'quality.title',
    order: 30,
    permission: 'quality:read',
  },
  routes: [
    {
      path: '/quality',
      title: 'quality.title',
      permission: 'quality:read',
      page: () => import('./pages/show-quality.js'),
    },
  ],
  commands: [
    {
      id: 'quality',
      label: 'quality.title',
      path: '/quality',
      permission: 'quality:read',
      keywords: 'ziliaozhiliang zlzl wanzhengdu wzd',
    },
  ],
});
