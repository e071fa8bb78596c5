import type zhCn from './tasks.zh-CN.js';

export default {
  'worklist.withCancelled': 'With cancelled',
  'worklist.cancelAsk': 'Cancel the task…',
  'worklist.cancelWhy': 'Why',
  'worklist.cancelWhyHint': 'The task will say who cancelled it and why.',
  'worklist.cancelDo': 'Cancel the task',
  'worklist.keep': 'Keep it',
  'worklist.somebody': 'somebody',
  'worklist.because.note': 'Cancelled on {{day}} by {{name}}: {{note}}',
  'worklist.because.by-hand': 'Cancelled on {{day}} by {{name}}',
  'worklist.because.rule-off': 'Cancelled on {{day}}: its rule is off',
  'worklist.because.not-asked': 'Cancelled on {{day}}: its rule asks for it no more',
  'worklist.because.step-removed': 'Cancelled on {{day}}: the next step was deleted',
  'worklist.because.customer-erased': 'Cancelled on {{day}}: the customer was erased',
  'worklist.ofCustomer': 'Tasks',
  'worklist.ofCustomerHint': 'A year back and ahead: open, done and cancelled ones, the last with the reason',
  'worklist.noneOfCustomer': 'No tasks',
  'worklist.status.done': 'Done',
  'worklist.status.cancelled': 'Cancelled',
  'worklist.by': 'Due {{day}}',
} satisfies Record<keyof typeof zhCn, string>;
