import action from './zh-CN/action.js';
import insight from './zh-CN/insight.js';
import intake from './zh-CN/intake.js';
import people from './zh-CN/people.js';
import platform from './zh-CN/platform.js';
import policy from './zh-CN/policy.js';
import records from './zh-CN/records.js';

/** Messages by error code, a file for each wing that owns them; every key stands in both languages. */
export default {
  ...platform,
  ...people,
  ...intake,
  ...records,
  ...insight,
  ...policy,
  ...action,
};
