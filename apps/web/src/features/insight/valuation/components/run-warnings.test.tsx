import type { ValuationCard } from '@kezi/contract';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { drawInFrame } from '../../../../testing/draw-in-frame.js';
import valuation from '../index.js';
import { RunWarnings } from './run-warnings.js';

beforeAll(async () => {
  await startWords();
  await loadWords(valuation.id, valuation.words);
});
afterEach(cleanup);

const show = (name: string) =>
  drawInFrame(
    <RunWarnings
      card={
        {
          model: { name, reason: null, warnings: [] },
          spendModel: { reason: null, warnings: [] },
          naiveReason: null,
          doubts: [],
        } as unknown as ValuationCard
      }
    />,
  );

it('says that nobody can be seen to leave where the model in use holds so', async () => {
  await show('nbd');
  expect(screen.getByText(/看不出有客户流失/)).toBeTruthy();
  cleanup();
  await show('bg-nbd');
  expect(screen.queryByRole('listitem')).toBeNull();
});
