export { customerKeys, type CustomerKey, type Identity } from './customer-keys.js';
export {
  crowdedKey,
  likelyScore,
  matchKeys,
  matchWeights,
  otherCodeFactor,
  possibleScore,
  withoutNameAtMost,
} from './match-customers.rules.js';
export { readQualityPolicy } from './quality-policy.js';
export { mustReadIdentifiers, readIdentifiers, type Identifiers } from './read-identifiers.js';
export { findCodes, isSoleCode, refuseCreditCode, refuseSecondHolder } from './refuse-credit-code.js';
export {
  readRulesFor,
  readValidationRules,
  refusalByRules,
  validateCustomer,
  type HeldRules,
} from './validate-customer.js';
