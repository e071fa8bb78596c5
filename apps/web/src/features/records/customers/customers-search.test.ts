import { describe, expect, it } from 'vitest';
import {
  customersSearch,
  filterOf,
  isNarrowed,
  searchOfState,
  showsState,
  sortOf,
  stateOf,
  withoutValue,
} from './customers-search.js';

describe('the register of a reader from whom values are kept', () => {
  it('is sorted and narrowed by anything but them', () => {
    const search = customersSearch.parse({ clvMin: 5, pAliveMin: 0.2 });
    expect(sortOf(withoutValue(search))).toEqual({ sort: 'name', order: 'asc' });
    expect(filterOf(withoutValue(search))).toEqual({ pAliveMin: 0.2 });
    expect(withoutValue(customersSearch.parse({ sort: '-orders' })).sort).toBe('-orders');
  });
});

describe('the register in the URL', () => {
  it('shows everything, most valuable first, for an empty link', () => {
    const search = customersSearch.parse({});
    expect(filterOf(search)).toEqual({});
    expect(sortOf(search)).toEqual({ sort: 'clv', order: 'desc' });
    expect(isNarrowed(search)).toBe(false);
  });

  it('reads a link with every filter', () => {
    const filter = {
      q: '明远',
      industry: ['机械'],
      region: ['浙江', '江苏'],
      segment: ['important-value'],
      ownerId: [3],
      teamId: [1, 2],
      parentCustomerId: 9,
      clvMin: 1000,
      clvMax: 20_000,
      pAliveMin: 0.2,
      pAliveMax: 0.5,
      lastOrderFrom: '2026-01-01',
      lastOrderTo: '2026-06-30',
    };
    expect(filterOf(customersSearch.parse(filter))).toEqual(filter);
  });

  it('takes a single value for a list, and digits for a name', () => {
    const search = customersSearch.parse({ region: '浙江', ownerId: '7', q: 10023 });
    expect(filterOf(search)).toEqual({ region: ['浙江'], ownerId: [7], q: '10023' });
  });

  it('drops what does not fit and keeps the rest', () => {
    const search = customersSearch.parse({
      segment: ['important-value', 'nonsense'],
      sort: '-secret',
      clvMin: 'much',
      pAliveMin: 7,
      lastOrderFrom: '2026-02-31',
      customer: -1,
      region: ['浙江'],
    });
    expect(filterOf(search)).toEqual({ segment: ['important-value'], region: ['浙江'] });
    expect(search).toMatchObject({ sort: '-clv', customer: undefined });
  });

  it('knows both directions of a sort', () => {
    expect(sortOf({ sort: 'name' })).toEqual({ sort: 'name', order: 'asc' });
    expect(sortOf({ sort: '-lastOrderOn' })).toEqual({ sort: 'lastOrderOn', order: 'desc' });
  });
});

describe('a saved view', () => {
  const search = customersSearch.parse({
    region: ['浙江'],
    pAliveMax: 0.5,
    sort: '-pAlive',
    customer: 12,
    view: 4,
  });

  it('keeps filters and sort, not what is open', () => {
    expect(stateOf(search)).toEqual({ region: ['浙江'], pAliveMax: 0.5, sort: '-pAlive' });
  });

  it('comes back as it was and clears what it does not name', () => {
    const other = customersSearch.parse({ q: '明远', clvMin: 5, sort: 'name' });
    const shown = customersSearch.parse({ ...other, ...searchOfState(stateOf(search)) });
    expect(stateOf(shown)).toEqual(stateOf(search));
  });

  it('is the same whatever the order of its keys, and with columns beside them', () => {
    expect(showsState(search, { sort: '-pAlive', pAliveMax: 0.5, region: ['浙江'], columns: {} })).toBe(true);
    expect(showsState(search, { sort: '-clv', pAliveMax: 0.5, region: ['浙江'] })).toBe(false);
    expect(showsState(search, { sort: '-pAlive', region: ['浙江'] })).toBe(false);
  });
});
