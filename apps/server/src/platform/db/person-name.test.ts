import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '../..');

/** Where SQL reads `app_user`, by template or by builder, and under which name. */
const reads =
  /(?:join|from|Join\(|selectFrom\()\s*'?app_user\b'?(?:\s+(?:as\s+)?(?!on\b|where\b|limit\b)(\w+))?/g;

/** The readings of `app_user` that take nothing of it but the name, a function at a time. */
function namesFromUsers(text: string): string[] {
  return text.split(/^\}/m).flatMap((part) =>
    [...part.matchAll(reads)].flatMap(([whole, alias = 'app_user']) => {
      const columns = new Set(
        [...part.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, 'g'))].map(([, name]) => name),
      );
      columns.delete('id');
      return columns.size === 1 && columns.has('name') ? [whole] : [];
    }),
  );
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !/\.test\.ts$|^(?:migrations|testing)\//.test(name.replaceAll('\\', '/')),
);

describe('the name of a person', () => {
  it('comes from the view of names: row security tells a scoped reader of few users, and the name would be missing', () => {
    const found = files.flatMap((name) =>
      namesFromUsers(readFileSync(join(source, name), 'utf8')).map((whole) => `${name}: ${whole}`),
    );
    // Write `personName('table.column')` or join `colleague` on `user_id`.
    expect(found).toEqual([]);
    expect(files.length).toBeGreaterThan(500);
  });

  it.each([
    'select o.id, u.name from task o left join app_user u on u.id = o.assignee_id',
    'select u.name as "byName" from note n join app_user as u on n.created_by = u.id',
    "db.selectFrom('note as n').leftJoin('app_user as w', 'w.id', 'n.created_by').select('w.name as writer')",
    '(select app_user.name from app_user where app_user.id = n.created_by)',
  ])('would be found in %s', (text) => {
    expect(namesFromUsers(text)).toHaveLength(1);
  });

  it('does not mind who is looked for, or more than a name', () => {
    expect(namesFromUsers('select u.email, u.name from app_user u where u.disabled_at is null')).toEqual([]);
    expect(namesFromUsers('select 1 from app_user limit 1')).toEqual([]);
  });
});
