import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'churn',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'value',
    path: '/value/churn',
    label: 'churn.menu',
    order: 20,
    permission: 'valuation:read',
  },
  routes: [
    {
      path: '/value/churn',
      title: 'churn.title',
      permission: 'valuation:read',
      page: () => import('./pages/show-churn.js'),
    },
  ],
  customerPart: {
    name: 'churn',
    permission: 'customers:read',
    view: () => import('./components/customer-churn.js'),
  },
  commands: [
    {
      id: 'churn.show',
      label: 'churn.title',
      path: '/value/churn',
      permission: 'valuation:read',
      keywords: 'liushi ls fengxian',
    },
  ],
});
