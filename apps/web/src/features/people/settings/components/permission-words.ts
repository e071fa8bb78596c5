import { keyScopes } from '@kezi/contract';
import type { Permission } from '@kezi/contract';
import type zhCn from '../locale/zh-CN.js';

type Word = keyof typeof zhCn;

interface PermissionGroup {
  subject: string;
  permissions: { permission: Permission; verb: string }[];
}

/** What a key may be given, a line for each subject: customers: read, write, assign. Only what the maker may do. */
export function permissionGroups(own: readonly Permission[]): PermissionGroup[] {
  const groups = new Map<string, PermissionGroup>();
  for (const permission of keyScopes) {
    if (!own.includes(permission)) continue;
    const [subject = '', verb = ''] = permission.split(':');
    const group = groups.get(subject) ?? { subject, permissions: [] };
    group.permissions.push({ permission, verb });
    groups.set(subject, group);
  }
  return [...groups.values()];
}

/** The word for a subject or a verb of a permission; its own name where a new slice has none yet. */
export function permissionWord(part: string, t: (key: Word) => string): string {
  const key = `settings.permission.${part}`;
  const word = t(key as Word);
  return word === key ? part : word;
}
