import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'valuation',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: { place: 'value', path: '/value/runs', label: 'valuation.menu', order: 10 },
  routes: [
    {
      path: '/value/runs',
      title: 'valuation.title',
      permission: 'valuation:read',
      page: () => import('./pages/list-runs.js'),
    },
    {
      path: '/value/runs/$runId',
      title: 'valuation.one',
      permission: 'valuation:read',
      page: () => import('./pages/show-run.js'),
    },
  ],
  commands: [
    {
      id: 'valuation.runs',
      label: 'valuation.title',
      path: '/value/runs',
      permission: 'valuation:read',
      keywords: 'guzhi gz yunxing yx',
    },
  ],
});
