import { describe, expect, it } from 'vitest';
import { teamAndBelow, teamOptions, teamTree } from './teams.js';

const team = (id: number, name: string, parentId: number | null) => ({
  id,
  name,
  parentId,
  members: 0,
  rowVersion: 1,
});
const teams = [
  team(1, '华东', null),
  team(2, '上海', 1),
  team(3, '北方', null),
  team(4, '浦东', 2),
  team(5, '安徽', 1),
  team(6, '孤儿', 99),
];

describe('teamTree', () => {
  it('puts children below their parent, siblings by pinyin', () => {
    expect(teamTree(teams, 'zh-CN').map(({ team: { name }, depth }) => `${depth}${name}`)).toEqual([
      '0北方',
      '0孤儿',
      '0华东',
      '1安徽',
      '1上海',
      '2浦东',
    ]);
  });

  it('indents options by depth', () => {
    expect(teamOptions(teams, 'zh-CN').at(-1)).toEqual({ value: 4, label: '\u2003\u2003浦东' });
  });
});

describe('teamAndBelow', () => {
  it('holds the team and everything under it', () => {
    expect([...teamAndBelow(teams, 1)].sort((a, b) => a - b)).toEqual([1, 2, 4, 5]);
    expect([...teamAndBelow(teams, 4)]).toEqual([4]);
  });
});
