import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'worklist',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: [
    { place: 'today', path: '/today', label: 'worklist.menu', permission: 'tasks:read' },
    { place: 'today', path: '/today/week', label: 'worklist.week', order: 10, permission: 'tasks:read' },
    { place: 'today', path: '/today/team', label: 'worklist.team', order: 20, permission: 'tasks:read-team' },
    { place: 'action', path: '/action/warnings', label: 'alerts.menu', permission: 'alerts:read' },
    {
      place: 'action',
      path: '/action/detectors',
      label: 'alerts.detectors',
      order: 10,
      permission: 'alerts:read',
    },
    {
      place: 'action',
      path: '/action/prospects',
      label: 'prospects.menu',
      order: 5,
      permission: 'alerts:read',
    },
    {
      place: 'action',
      path: '/action/task-rules',
      label: 'worklist.rules',
      order: 20,
      permission: 'tasks:read',
    },
  ],
  routes: [
    {
      path: '/today',
      title: 'worklist.title',
      permission: 'tasks:read',
      page: () => import('./pages/today.js'),
    },
    {
      path: '/today/week',
      title: 'worklist.week',
      permission: 'tasks:read',
      page: () => import('./pages/week.js'),
    },
    {
      path: '/today/team',
      title: 'worklist.team',
      permission: 'tasks:read-team',
      page: () => import('./pages/team.js'),
    },
    {
      path: '/action/warnings',
      title: 'alerts.title',
      permission: 'alerts:read',
      page: () => import('./pages/warnings.js'),
    },
    {
      path: '/action/detectors',
      title: 'alerts.detectors',
      permission: 'alerts:read',
      page: () => import('./pages/detectors.js'),
    },
    {
      path: '/action/prospects',
      title: 'prospects.title',
      permission: 'alerts:read',
      page: () => import('./pages/prospects.js'),
    },
    {
      path: '/action/task-rules',
      title: 'worklist.rules',
      permission: 'tasks:read',
      page: () => import('./pages/task-rules.js'),
    },
    {
      path: '/customers/$customerId/pack',
      title: 'pack.title',
      permission: 'customers:read',
      page: () => import('./pages/pack.js'),
    },
  ],
  commands: [
    {
      id: 'worklist.today',
      label: 'worklist.title',
      path: '/today',
      permission: 'tasks:read',
      keywords: 'jintian jt gongzuotai gzt daiban db',
    },
    {
      id: 'alerts.warnings',
      label: 'alerts.title',
      path: '/action/warnings',
      permission: 'alerts:read',
      keywords: 'yujing yj',
    },
  ],
  customerPart: {
    name: 'warnings',
    permission: 'alerts:read',
    view: () => import('./components/customer-warnings.js'),
  },
  customerActs: [
    {
      id: 'task',
      label: 'worklist.add',
      permission: 'tasks:write',
      dialog: () => import('./components/customer-task-dialog.js'),
    },
    {
      id: 'pack',
      label: 'pack.open_page',
      permission: 'customers:read',
      path: '/customers/$customerId/pack',
    },
  ],
});
