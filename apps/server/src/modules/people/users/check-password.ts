import { passwordFault } from '@kezi/contract';
import { CodedError, type ErrorCode } from '@kezi/contract/errors';

const codes = {
  common: 'password.common',
  name: 'password.holds_name',
  pattern: 'password.pattern',
  digits: 'password.digits',
} as const satisfies Record<string, ErrorCode>;

/**
 * Refuses a password that is guessed early.
 * @throws CodedError password.common, password.holds_name, password.pattern, password.digits
 */
export function checkPassword(
  password: string,
  person: { name: string; email: string },
  organisationName = '',
): void {
  const fault = passwordFault(password, [person.name, person.email, organisationName]);
  if (fault) throw new CodedError(codes[fault]);
}
