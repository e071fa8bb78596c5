import { CodedError } from '@kezi/contract/errors';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('the configuration', () => {
  it('has a sensible value for everything', () => {
    expect(readConfig({}, {})).toMatchObject({ host: '127.0.0.1', port: 7300, logLevel: 'info' });
  });

  it('names everything that is wrong at once', () => {
    const env = { DATABASE_URL: 'mysql://x', KEZI_PUBLIC_URL: 'kezi.example.com', KEZI_LOG_LEVEL: 'loud' };
    const problemsOf = () => {
      try {
        return readConfig({}, env);
      } catch (error) {
        return error instanceof CodedError ? String(error.params['problems']) : error;
      }
    };
    for (const name of Object.keys(env)) expect(problemsOf()).toContain(name);
  });

  it('takes an empty word for none', () => {
    expect(readConfig({}, { DATABASE_URL: '' }).databaseUrl).toBeUndefined();
  });
});
