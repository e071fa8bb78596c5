import { defineFeature } from '../../../lib/feature.js';

/** Files that come in: orders, customers, products; and the made-up company to try the program with. */
export default defineFeature({
  id: 'imports',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'customers',
    group: 'data',
    path: '/imports',
    label: 'imports.menu',
    order: 80,
    permission: 'imports:read',
  },
  routes: [
    {
      path: '/imports',
      title: 'imports.title',
      permission: 'imports:read',
      page: () => import('./pages/list-imports.js'),
    },
    {
      path: '/imports/new',
      title: 'imports.new',
      permission: 'imports:write',
      page: () => import('./pages/new-import.js'),
    },
    {
      path: '/imports/demo',
      title: 'imports.demo',
      permission: 'demo:load',
      page: () => import('./pages/load-demo.js'),
    },
    {
      path: '/imports/$importId',
      title: 'imports.one',
      permission: 'imports:read',
      page: () => import('./pages/show-import.js'),
    },
  ],
  commands: [
    {
      id: 'imports.new',
      label: 'imports.new',
      path: '/imports/new',
      permission: 'imports:write',
      keywords: 'daoru dr shangchuan sc',
    },
  ],
});
