import type { OpenEngine } from './engine.js';

/**
 * Opens the engine that Kezi brings along. Which one it is, only this file knows. It is loaded when it is first opened:
 * its native library takes a third of a second, which no start of the server should pay.
 */
export const openEngine: OpenEngine = async (options) => {
  const { openDuckDb } = await import('./duckdb/open-duckdb.js');
  return openDuckDb(options);
};
