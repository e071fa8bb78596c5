import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'contacts',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'customers',
    group: 'register',
    path: '/contacts',
    label: 'contacts.menu',
    order: 3,
    permission: 'contacts:read',
  },
  routes: [
    {
      path: '/contacts',
      title: 'contacts.menu',
      permission: 'contacts:read',
      page: () => import('./pages/list-contacts.js'),
    },
  ],
  commands: [
    {
      id: 'contacts',
      label: 'contacts.menu',
      path: '/contacts',
      permission: 'contacts:read',
      keywords: 'lianxiren lxr',
    },
  ],
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
