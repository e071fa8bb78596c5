import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'notes',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  routes: [],
  customerPart: {
    name: 'notes',
    permission: 'notes:read',
    view: () => import('./components/notes-view.js'),
  },
});
