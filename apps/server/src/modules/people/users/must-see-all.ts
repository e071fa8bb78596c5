import type { Role, Scope } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

/**
 * Who gets in, the audit and the rules of the wall concern everybody, and with narrower eyes the database would not let
 * them be written. One who narrowed their own could not even take that back.
 * @throws CodedError users.administrator_scope
 */
export function mustSeeAll(role: Role, scope: Scope | undefined): void {
  if (role === 'administrator' && scope !== undefined && scope !== 'all') {
    throw new CodedError('users.administrator_scope');
  }
}
