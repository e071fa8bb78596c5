import type { Module } from '../../../platform/module.js';
import { contractsRoutes } from './contracts.routes.js';

export { contractsImport } from './import-contracts.js';
export { createContract } from './write-contract.js';

export const contracts: Module = { name: 'contracts', routes: contractsRoutes };
