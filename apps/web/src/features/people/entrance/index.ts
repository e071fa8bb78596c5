import { defineFeature } from '../../../lib/feature.js';

/** The way in: first run, sign-in. */
export default defineFeature({
  id: 'entrance',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  routes: [
    { path: '/sign-in', title: 'entrance.sign_in', bare: true, page: () => import('./pages/sign-in.js') },
    { path: '/enter', title: 'entrance.enter', bare: true, page: () => import('./pages/enter.js') },
    { path: '/welcome', title: 'entrance.welcome', bare: true, page: () => import('./pages/welcome.js') },
  ],
});
