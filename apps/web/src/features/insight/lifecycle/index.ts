import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'lifecycle',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'grading',
    path: '/grading/lifecycle',
    label: 'lifecycle.menu',
    order: 40,
    permission: 'lifecycle:read',
  },
  routes: [
    {
      path: '/grading/lifecycle',
      title: 'lifecycle.title',
      permission: 'lifecycle:read',
      page: () => import('./pages/show-lifecycle.js'),
    },
  ],
  commands: [
    {
      id: 'lifecycle',
      label: 'lifecycle.title',
      path: '/grading/lifecycle',
      permission: 'lifecycle:read',
      keywords: 'shengmingzhouqi smzq jieduan jd',
    },
  ],
  customerPart: {
    name: 'lifecycle',
    permission: 'lifecycle:read',
    view: () => import('./components/customer-stages.js'),
  },
});
