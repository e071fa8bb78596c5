import { expect, it } from 'vitest';
import { inOurNames } from './usual-names.js';

const history = ['frequency', 'recency', 'age', 'weight'];

it.each([
  ['ID,frequency,recency,T', 'ID,frequency,recency,age'],
  ['x,t.x,T,custs', 'frequency,recency,age,weight'],
  ['x,t_x,age,T', 'frequency,recency,age,T'],
  ['Frequency,Recency,Age', 'Frequency,Recency,Age'],
  ['who,what', 'who,what'],
])('%s is read as %s', (file, read) => {
  expect(inOurNames(file.split(','), history).join()).toBe(read);
});

it('leaves a column alone that is asked for by its own name', () => {
  expect(inOurNames(['x', 'recency', 'T'], [...history, 'T'])).toEqual(['frequency', 'recency', 'T']);
  expect(inOurNames(['x', 't.x', 'n.cal'], ['frequency', 'recency', 'opportunities'])).toEqual([
    'frequency',
    'recency',
    'opportunities',
  ]);
});
