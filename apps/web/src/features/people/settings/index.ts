import { defineFeature } from '../../../lib/feature.js';

/** Settings: oneself, the organisation, who may get in. */
export default defineFeature({
  id: 'settings',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: [
    { place: 'settings', group: 'own', path: '/settings/me', label: 'settings.me', order: 10 },
    {
      place: 'settings',
      group: 'company',
      path: '/settings/organisation',
      label: 'settings.organisation',
      order: 20,
      permission: 'settings:write',
    },
    {
      place: 'settings',
      group: 'company',
      path: '/settings/users',
      label: 'settings.users',
      order: 30,
      permission: 'users:read',
    },
    {
      place: 'settings',
      group: 'company',
      path: '/settings/teams',
      label: 'settings.teams',
      order: 40,
      permission: 'teams:read',
    },
    {
      place: 'settings',
      group: 'links',
      path: '/settings/keys',
      label: 'settings.keys',
      order: 50,
      permission: 'keys:write',
    },
  ],
  routes: [
    { path: '/settings', redirect: '/settings/me' },
    { path: '/settings/me', title: 'settings.me', page: () => import('./pages/my-preferences.js') },
    {
      path: '/settings/organisation',
      title: 'settings.organisation',
      permission: 'settings:write',
      page: () => import('./pages/organisation.js'),
    },
    {
      path: '/settings/users',
      title: 'settings.users',
      permission: 'users:read',
      page: () => import('./pages/list-users.js'),
    },
    {
      path: '/settings/teams',
      title: 'settings.teams',
      permission: 'teams:read',
      page: () => import('./pages/list-teams.js'),
    },
    {
      path: '/settings/keys',
      title: 'settings.keys',
      permission: 'keys:write',
      page: () => import('./pages/list-keys.js'),
    },
  ],
  commands: [
    {
      id: 'new-user',
      label: 'settings.users.new',
      path: '/settings/users?open=new',
      permission: 'users:write',
      keywords: 'tianjiatongshi tjts xinjianyonghu yonghu yh user',
    },
    {
      id: 'new-key',
      label: 'settings.keys.new',
      path: '/settings/keys?open=new',
      permission: 'keys:write',
      keywords: 'xinjianmiyao miyao my api key',
    },
    {
      id: 'password',
      label: 'settings.password.change',
      path: '/settings/me#password',
      keywords: 'xiugaimima mima mm password',
    },
  ],
});
