export { dataFile, itWithData } from './real-data.js';
export { fixedClock, type FixedClock } from './fixed-clock.js';
export {
  createTestDatabase,
  startTestPostgres,
  type TestDatabase,
  type TestPostgres,
} from './test-postgres.js';
