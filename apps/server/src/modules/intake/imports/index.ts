import type { Module } from '../../../platform/module.js';
import { demoJob } from './demo.jobs.js';
import { checkJob, importJob, undoJob } from './imports.jobs.js';
import { importsRoutes } from './imports.routes.js';

export { findTaken, looksNoFurther, standInNumber, withoutStandIn, type UniqueNumber } from './find-taken.js';
export {
  importKind,
  readRows,
  registerImportKind,
  type BatchContext,
  type ImportKindDefinition,
  type ImportTarget,
  type ReadRow,
  type ReadWindow,
  type RefusedRow,
  type SourceRow,
  type TargetCounts,
} from './import-kind.js';
export { giveWindows, readBeside } from './read-windows.js';
export { lockFile, removeUnusedFile } from './remove-unused-file.js';
export { RowFields } from './row-fields.js';
export type { RowRefusal } from './row-refusal.js';
export { SeenNumbers } from './seen-numbers.js';

export const imports: Module = {
  name: 'imports',
  routes: importsRoutes,
  jobs: [checkJob, importJob, undoJob, demoJob],
};
