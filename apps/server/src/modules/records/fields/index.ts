import type { Module } from '../../../platform/module.js';
import { fieldsRoutes } from './fields.routes.js';

export { checkFields, fieldsJson, requireFields, writeValues } from './field-values.js';
export { readCell, type FieldPeople } from './field-cells.rules.js';
export { readFields } from './fields.queries.js';

export const fields: Module = { name: 'fields', routes: fieldsRoutes };
