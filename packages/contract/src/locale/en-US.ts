import action from './en-US/action.js';
import insight from './en-US/insight.js';
import intake from './en-US/intake.js';
import people from './en-US/people.js';
import platform from './en-US/platform.js';
import policy from './en-US/policy.js';
import records from './en-US/records.js';
import type zhCn from './zh-CN.js';

/** Messages by error code, a file for each wing that owns them; every key stands in both languages. */
export default {
  ...platform,
  ...people,
  ...intake,
  ...records,
  ...insight,
  ...policy,
  ...action,
} satisfies Record<keyof typeof zhCn, string>;
