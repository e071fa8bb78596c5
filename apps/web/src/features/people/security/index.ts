import { defineFeature } from '../../../lib/feature.js';

/** How one gets in: the second factor, open sessions, and the rules for everybody. */
export default defineFeature({
  id: 'security',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: { place: 'settings', group: 'own', path: '/settings/security', label: 'security.title', order: 15 },
  routes: [
    { path: '/settings/security', title: 'security.title', page: () => import('./pages/security.js') },
  ],
  commands: [
    {
      id: 'security',
      label: 'security.title',
      path: '/settings/security',
      keywords: 'anquan aq liangbuyanzheng lbyz denglushebei two factor sessions security',
    },
  ],
});
