import { currencies, type Company } from '@kezi/demo';
import { scopeOfRole } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';

/**
 * Teams, people, own fields and exchange rates of the made-up company; what is there already stays. The people own customers, but
 * cannot sign in: they have no password until an administrator gives them one.
 */
export async function makeDemoOrganisation(db: Db, company: Company): Promise<void> {
  const teamIds = new Map<string, number>();
  for (const team of company.teams) {
    const parentId = team.parentCode === null ? null : (teamIds.get(team.parentCode) ?? null);
    teamIds.set(team.code, await findOrMakeTeam(db, team.name, parentId));
  }
  const people = company.users.map(({ name, email, role, teamCode }) => ({
    name,
    email: email.toLowerCase(),
    role,
    // A director of the demo sees a department, so that the page of every role has something to show.
    scope: role === 'director' ? 'team_and_below' : scopeOfRole[role],
    team_id: teamIds.get(teamCode) ?? null,
  }));
  await db
    .insertInto('app_user')
    .values(people)
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute();
  await makeOwnFields(db);
  await db
    .insertInto('exchange_rate')
    .values(
      Object.entries(currencies)
        .filter(([currency]) => currency !== company.organisation.baseCurrency)
        .map(([currency, { yuan }]) => ({ currency, rate: String(yuan), valid_from: company.startOn })),
    )
    .onConflict((conflict) => conflict.columns(['currency', 'valid_from']).doNothing())
    .execute();
}

/** Fields of the company's own, before the file comes whose columns they are. */
const ownFields = [
  {
    name: '采购方式',
    name_en: 'Way of buying',
    kind: 'choice',
    choices: ['年度框架', '招投标', '按单采购', '集团统采'],
  },
  { name: '信用额度', name_en: 'Credit limit', kind: 'money', choices: [] },
  { name: '账期天数', name_en: 'Days to pay', kind: 'number', choices: [] },
  { name: '资信复核日', name_en: 'Credit reviewed on', kind: 'date', choices: [] },
];

async function makeOwnFields(db: Db): Promise<void> {
  await db
    .insertInto('custom_field')
    .values(ownFields.map((field, at) => ({ ...field, position: (at + 1) * 10 })))
    .onConflict((conflict) => conflict.column('name').where('is_retired', '=', false).doNothing())
    .execute();
}

async function findOrMakeTeam(db: Db, name: string, parentId: number | null): Promise<number> {
  const found = await db
    .selectFrom('team')
    .select('team_id')
    .where('name', '=', name)
    .where('parent_team_id', 'is not distinct from', parentId)
    .executeTakeFirst();
  if (found) return found.team_id;
  const made = await db
    .insertInto('team')
    .values({ name, parent_team_id: parentId })
    .returning('team_id')
    .executeTakeFirstOrThrow();
  return made.team_id;
}
