import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'customers',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'customers',
    group: 'register',
    path: '/customers',
    label: 'customers.menu',
    permission: 'customers:read',
  },
  routes: [
    {
      path: '/customers',
      title: 'customers.title',
      permission: 'customers:read',
      page: () => import('./pages/list-customers.js'),
    },
    {
      path: '/customers/$customerId',
      title: 'customers.one',
      permission: 'customers:read',
      page: () => import('./pages/show-customer.js'),
    },
  ],
  commands: [
    {
      id: 'customers',
      label: 'customers.title',
      path: '/customers',
      permission: 'customers:read',
      keywords: 'kehu kh mingce mc',
    },
    {
      id: 'customers.new',
      label: 'customers.new',
      path: '/customers?new=true',
      permission: 'customers:write',
      keywords: 'xinjiankehu xjkh',
    },
  ],
  customerPanel: () => import('./components/customer-panel.js'),
  search: {
    label: 'customers.menu',
    permission: 'customers:read',
    records: () => import('./api/search-records.js'),
  },
});
