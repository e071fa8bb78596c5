export { customerTokens, queryTokens, type TokenMatch } from './customer-tokens.js';
