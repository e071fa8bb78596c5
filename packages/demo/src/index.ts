/** @kezi/demo: a believable company from a process whose truth is known. Start with generate-company.ts. */
export { customersCsv, ordersCsv, productsCsv, truthCsv } from './company-csv.js';
export { demoDefaults, generateCompany, type Company } from './generate-company.js';
export type { CompanyOptions } from './blueprint.js';
export type { Customer, Currency } from './customer.js';
export type { IndustryKey } from './industries.js';
export { currencies, type OrderKind, type OrderLine } from './order-lines.js';
export type { DemoRole, Organisation, Team, User } from './organisation.js';
export type { Product } from './catalogue/products.js';
export type { Story } from './story.js';
export type { CustomerTruth, StoryName } from './truth.js';
