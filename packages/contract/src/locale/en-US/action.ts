import type zhCn from '../zh-CN/action.js';

export default {
  'alerts.history_short':
    'The orders cover only {{days}} days. A back-test needs a past to look at and a future to look it up in: half a year at least.',
  'alerts.not_found': 'There is no such warning, or it is not among those you may see.',
  'alerts.changed':
    '{{by}} has just dealt with this warning (it is now “{{status}}”). Reload to see how it stands.',
  'alerts.closed': 'This warning is closed; it can no longer be snoozed or handled.',
  'alerts.snooze_past': 'Choose a day after today to snooze until.',
  'alerts.detector_not_found': 'There is no detector called {{detector}}.',
  'alerts.storm_conflict':
    'Switched on, this would raise {{count}} warnings at once (the limit is {{limit}}). Raise its threshold, or confirm: what is over the limit is summed up in one.',
  'alerts.no_scores_conflict':
    'No valuation has been published yet, so value at risk cannot be worked out. Run a valuation first.',
  'tasks.not_found': 'There is no such task, or it is not among those you may see.',
  'tasks.changed': '{{by}} has just changed this task. Reload before you change it.',
  'tasks.done_conflict': 'This task is done or cancelled and can no longer be changed.',
  'tasks.assignee_unknown': 'There is no such colleague, or they may not see this customer.',
} satisfies Record<keyof typeof zhCn, string>;
