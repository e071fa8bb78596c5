import type zhCn from '../zh-CN/action.js';

export default {
  'alerts.history_short':
    'The orders cover only {{days}} days. A back-test needs a past to look at and a future to look it up in: half a year at least.',
  'alerts.records_none':
    'There is no record yet of what this detector looks at, so there is no past to try it on. Enter or import such records first.',
  'alerts.records_short':
    'These records tell something from {{from}} on, and the orders end on {{to}}. A back-test needs {{days}} days of orders after a look: there are not enough yet.',
  'alerts.past_runs_short':
    'A back-test needs two past valuations, and {{days}} days of orders after the second. Value your customers regularly, and it can be tried in time.',
  'alerts.backtest_given_up': 'The back-test was cancelled.',
  'alerts.backtest_too_long':
    'It was not done after {{seconds}} seconds and was stopped. Try again when the machine has less to do.',
  'alerts.backtest_fact':
    'This detector says what is, not what will be: there is nothing to come true, so it is not back-tested. See how many warnings it would raise now.',
  'alerts.backtest_lake_conflict':
    'The analysis data was written by an earlier version or is damaged. Your records are safe; the next valuation makes it anew. Run a valuation, then try this again.',
  'alerts.backtest_training':
    'This detector is a trained model. It was tried on customers held out when it was trained: see the calibration on its card.',
  'alerts.not_found': 'There is no such warning, or it is not among those you may see.',
  'alerts.changed': '{{by}} has just dealt with this warning. Reload to see how it stands.',
  'alerts.closed': 'This warning is closed; it can no longer be snoozed or handled.',
  'alerts.seen_anew_conflict':
    'This warning has changed since you opened it: it was looked at again. Reload to see how it stands.',
  'alerts.not_settled': 'Nobody has snoozed or handled this warning, so there is nothing to take back.',
  'alerts.reopen_conflict':
    'The same detector has warned of this customer again since. Deal with the new warning.',
  'alerts.snooze_past': 'Choose a day after today to snooze until.',
  'alerts.snooze_far': 'Choose a day within a year: a warning that sleeps longer is forgotten.',
  'alerts.detector_not_found': 'There is no detector called {{detector}}.',
  'alerts.storm_conflict':
    'Switched on, this would raise {{count}} warnings at once (the limit is {{limit}}). Raise its threshold, or confirm: what is over the limit is summed up in one.',
  'alerts.no_scores_conflict':
    'No valuation has been published yet, so value at risk cannot be worked out. Run a valuation first.',
  'alerts.tier_unknown': 'One of the tiers is there no more. Reload, then set it again.',
  'tasks.not_found': 'There is no such task, or it is not among those you may see.',
  'tasks.changed': '{{by}} has just changed this task. Reload before you change it.',
  'tasks.done_conflict': 'This task is done or cancelled and can no longer be changed.',
  'tasks.open_conflict': 'This task is open already.',
  'tasks.kept_conflict':
    'The customer has been answered, and the clock stopped with it: the task cannot be opened alone. Open the need again, or delete the interaction.',
  'tasks.assignee_unknown': 'There is no such colleague, or they may not see this customer.',
  'tasks.answer_missing':
    'Write down how the customer was answered: only a word with the customer stops the clock.',
  'tasks.rule_changed': 'Somebody has just changed this rule. Reload, then change it again.',
  'tasks.action_exists': 'This stage has a task "{{title}}" already: nobody needs it twice.',
  'tasks.action_not_found': 'There is no such task of a stage; it may have been deleted.',
  'tasks.needs_all_forbidden':
    'Task rules hold for all customers: only somebody who sees all customers can change them. Ask an administrator.',
  'tasks.festival_not_found': 'There is no such care for a festival; it may have been deleted.',
  'tasks.tier_unknown': 'There is no such tier, or it is no longer in use. Choose the tiers again.',
  'webhooks.not_found': 'There is no such webhook, or somebody else keeps it.',
  'webhooks.changed': 'Somebody has just changed this webhook. Load it again first.',
  'webhooks.too_many': 'There may be {{most}} webhooks at most. Remove one that is not used.',
  'webhooks.delivery_not_found': 'There is no such delivery, or it was not for a webhook of yours.',
  'webhooks.replay_conflict':
    'This delivery cannot be sent again: it has come through, is still being tried, or was sent again once.',
  'robots.not_found': 'There is no such robot, or it is not among those you may see.',
  'robots.changed': 'Somebody has just changed this robot. Load it again first.',
  'robots.host_refused':
    'The address of a {{vendor}} robot stands on {{host}}. Copy it in full from the settings of the group.',
  'robots.team_forbidden':
    'Groups of the whole company are for administrators to set up; you may set up those of departments that you see.',
  'robots.too_many': 'There may be {{most}} robots at most. Remove one that is not used.',
  'robots.answered_error':
    'The robot did not take the message. See its answer: most often the secret or the keyword is wrong.',
  'notices.changed': 'Your notice settings were changed elsewhere. Load them again first.',
} satisfies Record<keyof typeof zhCn, string>;
