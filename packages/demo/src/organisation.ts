import type { IndustryKey } from './industries.js';

export interface Organisation {
  readonly name: string;
  readonly englishName: string;
  readonly timeZone: string;
  readonly baseCurrency: 'CNY';
}

export interface Team {
  readonly code: string;
  readonly name: string;
  /** The department a team belongs to; null for a department. */
  readonly parentCode: string | null;
}

export type DemoRole = 'director' | 'manager' | 'member';

export interface User {
  readonly name: string;
  readonly email: string;
  readonly role: DemoRole;
  readonly teamCode: string;
}

export const organisation: Organisation = {
  name: '苏州砚澜供应链有限公司',
  englishName: 'Yanlan Supply Chain',
  timeZone: 'Asia/Shanghai',
  baseCurrency: 'CNY',
};

export const teams: readonly Team[] = [
  { code: 'D1', name: '工业与医疗部', parentCode: null },
  { code: 'D2', name: '商贸与国际部', parentCode: null },
  { code: 'T1', name: '工业客户组', parentCode: 'D1' },
  { code: 'T2', name: '医疗客户组', parentCode: 'D1' },
  { code: 'T3', name: '商贸与国际组', parentCode: 'D2' },
];

/** 17 people: a director for each department, a manager for each team, twelve who sell. `.example` reaches nobody. */
const people: readonly [name: string, address: string, role: DemoRole, teamCode: string][] = [
  ['沈立言', 'shen.liyan', 'director', 'D1'],
  ['顾明珠', 'gu.mingzhu', 'director', 'D2'],
  ['陆海峰', 'lu.haifeng', 'manager', 'T1'],
  ['秦若兰', 'qin.ruolan', 'manager', 'T2'],
  ['邵子衡', 'shao.ziheng', 'manager', 'T3'],
  ['周启航', 'zhou.qihang', 'member', 'T1'],
  ['吴晓彤', 'wu.xiaotong', 'member', 'T1'],
  ['郑伟民', 'zheng.weimin', 'member', 'T1'],
  ['蒋一凡', 'jiang.yifan', 'member', 'T1'],
  ['何雨欣', 'he.yuxin', 'member', 'T2'],
  ['田思远', 'tian.siyuan', 'member', 'T2'],
  ['彭静', 'peng.jing', 'member', 'T2'],
  ['唐嘉宁', 'tang.jianing', 'member', 'T3'],
  ['许文博', 'xu.wenbo', 'member', 'T3'],
  ['白露', 'bai.lu', 'member', 'T3'],
  ['马骁', 'ma.xiao', 'member', 'T3'],
  ['叶知秋', 'ye.zhiqiu', 'member', 'T3'],
];

export const users: readonly User[] = people.map(([name, address, role, teamCode]) => ({
  name,
  email: `${address}@yanlan.example`,
  role,
  teamCode,
}));

const teamOfIndustry: Record<IndustryKey, string> = {
  automation: 'T1',
  medical: 'T2',
  catering: 'T3',
  office: 'T3',
};

const sellers = new Map(
  teams.map((team) => [
    team.code,
    users.filter((user) => user.teamCode === team.code && user.role === 'member'),
  ]),
);

/** Who looks after a customer: his industry's team, or the international one for customers abroad. */
export function ownerFor(industry: IndustryKey, abroad: boolean, draw: number): { owner: User; team: Team } {
  const code = abroad ? 'T3' : teamOfIndustry[industry];
  const candidates = sellers.get(code) ?? [];
  const owner = candidates[Math.floor(draw * candidates.length)];
  const team = teams.find((candidate) => candidate.code === code);
  if (owner === undefined || team === undefined) throw new RangeError(`Team ${code} has nobody who sells.`);
  return { owner, team };
}
