import type { Role, SignInPolicy } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { SecretBox } from '../../../platform/auth/secret-box.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/** The rules by which people get in. The secret of single sign-on is never read back. */
export async function readPolicy(db: Db): Promise<SignInPolicy> {
  const row = await db
    .selectFrom('sign_in_policy')
    .select(['second_factor_roles', 'sso_issuer', 'sso_client_id', 'sso_label', 'row_version'])
    .executeTakeFirstOrThrow();
  return {
    secondFactorRoles: row.second_factor_roles as Role[],
    ssoIssuer: row.sso_issuer,
    ssoClientId: row.sso_client_id,
    ssoLabel: row.sso_label,
    rowVersion: row.row_version,
  };
}

type PolicyChange = { [Field in keyof SignInPolicy]?: SignInPolicy[Field] | undefined } & {
  ssoClientSecret?: string | null | undefined;
};

/** @throws CodedError settings.changed */
export async function changePolicy(
  db: Db,
  box: SecretBox,
  change: PolicyChange,
  versionSeen: number | null,
  now: Date,
): Promise<SignInPolicy> {
  const before = await readPolicy(db);
  if (versionSeen !== null && versionSeen !== before.rowVersion) throw new CodedError('settings.changed');
  const { ssoClientSecret, ...open } = change;
  const given = Object.fromEntries(Object.entries(open).filter(([, value]) => value !== undefined));
  const after = { ...before, ...given };
  const secret = typeof ssoClientSecret === 'string' ? box.seal(ssoClientSecret) : ssoClientSecret;
  const updated = await db
    .updateTable('sign_in_policy')
    .set({
      second_factor_roles: after.secondFactorRoles,
      sso_issuer: after.ssoIssuer,
      sso_client_id: after.ssoClientId,
      sso_label: after.ssoLabel,
      ...(secret === undefined ? {} : { sso_client_secret: secret }),
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('row_version', '=', before.rowVersion)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new CodedError('settings.changed');
  await writeAudit(db, {
    action: 'policy.changed',
    subject: 'policy',
    changes: {
      ...changesBetween({ ...before }, given),
      ...(secret === undefined ? {} : { ssoClientSecret: true }),
    },
  });
  return readPolicy(db);
}
