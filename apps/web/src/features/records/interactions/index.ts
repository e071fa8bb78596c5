import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'interactions',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  routes: [],
  customerPart: {
    name: 'timeline',
    permission: 'interactions:read',
    view: () => import('./components/timeline-view.js'),
  },
  customerActs: [
    {
      id: 'log',
      label: 'interactions.log',
      permission: 'interactions:write',
      dialog: () => import('./components/log-dialog.js'),
    },
  ],
});
