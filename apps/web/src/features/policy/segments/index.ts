import { defineFeature } from '../../../lib/feature.js';

export default defineFeature({
  id: 'segments',
  words: { 'zh-CN': () => import('./locale/zh-CN.js'), 'en-US': () => import('./locale/en-US.js') },
  menu: {
    place: 'grading',
    path: '/grading/segments',
    label: 'segments.menu',
    order: 15,
    permission: 'segments:read',
  },
  routes: [
    {
      path: '/grading/segments',
      title: 'segments.title',
      permission: 'segments:read',
      page: () => import('./pages/list-segments.js'),
    },
    {
      path: '/grading/segments/new',
      title: 'segments.new',
      permission: 'segments:write',
      page: () => import('./pages/edit-segment.js'),
    },
    {
      path: '/grading/segments/rfm',
      title: 'segments.rfm',
      permission: 'segments:read',
      page: () => import('./pages/cut-rfm.js'),
    },
    {
      path: '/grading/segments/clusters',
      title: 'segments.clusters',
      permission: 'segments:cluster',
      page: () => import('./pages/show-clusters.js'),
    },
    {
      path: '/grading/segments/$segmentId',
      title: 'segments.one',
      permission: 'segments:read',
      page: () => import('./pages/edit-segment.js'),
    },
  ],
  commands: [
    {
      id: 'segments',
      label: 'segments.title',
      path: '/grading/segments',
      permission: 'segments:read',
      keywords: 'kequn kq xifen xf fenqun fq',
    },
  ],
});
