import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'tiers',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: [
    { place: 'grading', path: '/grading', label: 'tiers.menu', permission: 'tiers:read' },
    {
      place: 'grading',
      path: '/grading/policies',
      label: 'tiers.policies',
      order: 10,
      permission: 'tiers:read',
    },
    { place: 'grading', path: '/grading/sets', label: 'tiers.sets', order: 12, permission: 'tiers:read' },
    {
      place: 'grading',
      path: '/grading/decisions',
      label: 'tiers.decisions',
      order: 20,
      permission: 'tiers:read',
    },
    {
      place: 'grading',
      path: '/grading/entitlements',
      label: 'tiers.entitlements',
      order: 30,
      permission: 'entitlements:read',
    },
  ],
  routes: [
    {
      path: '/grading',
      title: 'tiers.title',
      permission: 'tiers:read',
      page: () => import('./pages/show-tiers.js'),
    },
    {
      path: '/grading/policies',
      title: 'tiers.policies',
      permission: 'tiers:read',
      page: () => import('./pages/list-policies.js'),
    },
    {
      path: '/grading/sets',
      title: 'tiers.sets',
      permission: 'tiers:read',
      page: () => import('./pages/list-tier-sets.js'),
    },
    {
      path: '/grading/policies/$policyId',
      title: 'tiers.policy',
      permission: 'tiers:read',
      page: () => import('./pages/edit-policy.js'),
    },
    {
      path: '/grading/decisions',
      title: 'tiers.decisions',
      permission: 'tiers:read',
      page: () => import('./pages/list-decisions.js'),
    },
    {
      path: '/grading/entitlements',
      title: 'tiers.entitlements',
      permission: 'entitlements:read',
      page: () => import('./pages/list-entitlements.js'),
    },
  ],
  commands: [
    {
      id: 'tiers',
      label: 'tiers.title',
      path: '/grading',
      permission: 'tiers:read',
      keywords: 'fenji fj dengji dj',
    },
  ],
  customerPart: {
    name: 'tier',
    permission: 'tiers:read',
    view: () => import('./components/customer-tier-view.js'),
  },
});
