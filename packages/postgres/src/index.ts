export { findRunningPostgres, openPostgres, type Postgres, type PostgresOptions } from './open-postgres.js';
