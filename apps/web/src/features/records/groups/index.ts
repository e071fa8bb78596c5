import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'groups',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  routes: [],
  customerPart: {
    name: 'group',
    permission: 'customers:read',
    view: () => import('./components/group-view.js'),
  },
});
