/**
 * What becomes of a column that names a person when that person leaves.
 * carried: follows the customer. moved: goes to the successor. ended: goes away. own: the account's, which ends with it.
 * history: says who did something, which stays true.
 */
type Fate = 'carried' | 'moved' | 'ended' | 'own' | 'history';

const fates: Readonly<Record<string, Fate>> = {
  'customer_member.user_id': 'moved',
  'customer_share.user_id': 'moved',
  // A fact about the customer; somebody decides whom to name now.
  'customer_field_value.person_id': 'history',
  'interaction.user_ids': 'moved',
  'ownership_dispute.claimant_id': 'moved',
  'ownership_dispute.respondent_id': 'moved',
  'pool_member.user_id': 'moved',
  'saved_view.created_by': 'moved',
  'task.assignee_id': 'moved',
  'user_deputy.user_id': 'ended',
  'user_deputy.deputy_id': 'ended',
  'api_key.user_id': 'own',
  'audit_entry.user_id': 'history',
  'delivery.user_id': 'own',
  'idempotency_key.user_id': 'own',
  'ownership_dispute.owner_before': 'history',
  'ownership_period.holder_id': 'history',
  'ownership_period.previous_holder_id': 'history',
  'ownership_transfer.to_owner_id': 'history',
};

/** Null for a column about which nobody has decided. */
export function fateOf(table: string, column: string): Fate | null {
  const decided = fates[`${table}.${column}`];
  if (decided !== undefined) return decided;
  if (column === 'owner_id') return 'carried';
  if (column.endsWith('_by')) return 'history';
  if (table.startsWith('user_') && column === 'user_id') return 'own';
  return null;
}
