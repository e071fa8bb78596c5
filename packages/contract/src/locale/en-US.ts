import type zhCn from './zh-CN.js';

/** Messages by error code. Keys are grouped by owner; every key stands in both languages. */
export default {
  'app.internal': 'Something went wrong on our side. Please give your administrator this number: {{id}}.',
} satisfies Record<keyof typeof zhCn, string>;
