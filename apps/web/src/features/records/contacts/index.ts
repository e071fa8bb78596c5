import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'contacts',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  routes: [],
  customerPart: {
    name: 'contacts',
    permission: 'contacts:read',
    view: () => import('./components/contacts-view.js'),
  },
  search: {
    label: 'customers.tab.contacts',
    permission: 'contacts:read',
    records: () => import('./api/search-contacts.js'),
  },
});
