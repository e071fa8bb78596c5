import type zhCn from '../locale/zh-CN.js';

export interface AdministratorDraft {
  code: string;
  organisationName: string;
  name: string;
  email: string;
  password: string;
  baseCurrency: string;
  timeZone: string;
}

interface Fault {
  word: keyof typeof zhCn;
  params?: Record<string, number>;
}

/** The contract's lower bound. */
const passwordLength = 10;
/** Coarse on purpose: the server has the last word. */
const emailPattern = /^\S+@\S+\.\S+$/;

/** What is wrong with the draft, by field; nothing when it may be sent. */
export function checkAdministrator(
  draft: AdministratorDraft,
  codeNeeded: boolean,
): Partial<Record<keyof AdministratorDraft, Fault>> {
  const faults: Partial<Record<keyof AdministratorDraft, Fault>> = {};
  const asked: (keyof AdministratorDraft)[] = ['organisationName', 'name', 'email', 'password'];
  if (codeNeeded) asked.push('code');
  for (const field of asked) if (draft[field].trim() === '') faults[field] = { word: 'entrance.missing' };
  if (!faults.email && !emailPattern.test(draft.email.trim()))
    faults.email = { word: 'entrance.email_wrong' };
  const length = Array.from(draft.password).length;
  if (!faults.password && length < passwordLength) {
    faults.password = { word: 'entrance.password_short', params: { count: passwordLength - length } };
  }
  return faults;
}
