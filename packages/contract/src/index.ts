export * from './errors.js';
export * from './customers.js';
export * from './imports.js';
export * from './page.js';
export * from './valuation.js';
