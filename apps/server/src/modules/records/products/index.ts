import type { Module } from '../../../platform/module.js';
import { productsRoutes } from './products.routes.js';

export { NamedProducts, type ProductMention } from './import-named-products.js';
export { productsImport } from './import-products.js';
export { undoProducts } from './undo-products.js';

export const products: Module = { name: 'products', routes: productsRoutes };
