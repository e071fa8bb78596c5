import { describe, expect, it } from 'vitest';
import { shownStep, stepOfBatch } from './step-of-batch.js';

const counts = { read: 1, accepted: 1, rejected: 0, records: {} };

describe('the step of a batch', () => {
  it('follows its state', () => {
    expect(stepOfBatch({ status: 'uploaded', counts: null })).toBe('map');
    expect(stepOfBatch({ status: 'checking', counts: null })).toBe('check');
    expect(stepOfBatch({ status: 'checked', counts })).toBe('check');
    expect(stepOfBatch({ status: 'imported', counts })).toBe('import');
  });

  it('tells a failed check from a failed import by its counts', () => {
    expect(stepOfBatch({ status: 'failed', counts: null })).toBe('check');
    expect(stepOfBatch({ status: 'failed', counts })).toBe('import');
  });

  it('lets one go back until the import has begun, and never ahead', () => {
    expect(shownStep({ status: 'checked', counts }, 'map')).toBe('map');
    expect(shownStep({ status: 'uploaded', counts: null }, 'import')).toBe('map');
    expect(shownStep({ status: 'importing', counts }, 'map')).toBe('import');
    expect(shownStep({ status: 'checking', counts: null }, 'map')).toBe('check');
  });
});
