import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'duplicates',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'customers',
    group: 'data',
    path: '/duplicates',
    label: 'duplicates.title',
    order: 20,
    permission: 'customers:read',
  },
  routes: [
    {
      path: '/duplicates',
      title: 'duplicates.title',
      permission: 'customers:read',
      page: () => import('./pages/list-duplicates.js'),
    },
  ],
  commands: [
    {
      id: 'duplicates',
      label: 'duplicates.title',
      path: '/duplicates',
      permission: 'customers:read',
      keywords: 'chongfukehu cfkh chachong cc hebing hb',
    },
  ],
});
