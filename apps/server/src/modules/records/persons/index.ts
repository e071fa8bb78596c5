import type { Module } from '../../../platform/module.js';
import { forgetFilesJob } from './forget-files.js';
import { personsRoutes } from './persons.routes.js';

export { erasePerson } from './person-data.js';

export const persons: Module = {
  name: 'persons',
  routes: personsRoutes,
  jobs: [forgetFilesJob],
};
