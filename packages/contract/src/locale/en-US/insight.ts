import type zhCn from '../zh-CN/insight.js';

export default {
  'churn.not_found': 'There is no such training, or you may not see it.',
  'churn.not_running_conflict': 'This training is over; it cannot be cancelled any more.',
  'valuation.not_found': 'There is no such valuation, or it is not yours to see.',
  'valuation.not_running_conflict': 'This valuation has ended and can no longer be cancelled.',
  'valuation.disk_full':
    'The disk is full, so nothing was written. Free some space and run again; the old file is untouched.',
  'valuation.out_of_memory':
    'There was not enough memory to finish. Raise the memory limit or use a larger machine.',
  'valuation.out_not_writable':
    'Cannot write to {{path}}. Check that the folder exists and that you may write there.',
  'valuation.out_format':
    'Cannot tell in which format to write {{path}}. Let the name end in .csv, .parquet or .xlsx.',
  'valuation.too_many_rows_for_xlsx':
    'There are {{rows}} customers; an Excel sheet holds {{limit}} rows. Use .csv or .parquet.',
  'valuation.lake_damaged':
    'The analysis file {{file}} is missing or damaged. Your records are safe; rebuild the analysis data and run again.',
  'valuation.lake_incomplete':
    'The analysis data should have {{expected}} lines but {{found}} were written, so the update was dropped. Please run it again.',
  'churn.one_class':
    'Column “{{column}}” holds one value only ({{value}}): who leaves cannot be learnt from it. Choose another column, or data with customers of both kinds.',
  'churn.label_not_two':
    'Column “{{column}}” holds {{count}} values ({{values}} …); a label has two: left and stayed.',
  'churn.label_unclear':
    'Which value of column “{{column}}” means that a customer left is not clear: {{values}}. Name it with --churned.',
  'churn.no_features': 'No column is left to learn from. These were left out: {{columns}}.',
  'churn.features_missing': 'The file lacks columns that the model needs: {{columns}}.',
  'churn.bad_model': '{{path}} is no model that kezi churn has saved. Give a file written with --save.',
  'churn.one_file': 'Labelled data are read from one file at a time; {{count}} were given.',
  'churn.options_conflict': '{{first}} and {{second}} cannot be used together.',
  'churn.wrong_kind': 'This model was learnt from {{kind}} and cannot be used on this file.',
  'churn.history_too_short':
    'The orders span {{days}} days; a silence of {{silence}} days needs at least {{needed}}, so that one part can teach, a later one calibrate and a later one test. Give a longer history, or a shorter silence with --silence.',
  'models.unknown': 'There is no model "{{name}}". There are: {{names}}.',
  'models.column_missing': 'The file has no column "{{column}}". Its columns: {{columns}}.',
  'models.flag_missing': 'This model needs {{flag}}. Please say it.',
  'models.flag_not_taken': '{{name}} has no use for {{flag}}. Please leave it out.',
  'models.k_too_large': 'k is at most {{most}}, not {{k}}.',
  'models.no_rows': '{{file}} has a header but no rows.',
  'models.file_too_large':
    'The file is larger than 8 MB. For larger tables use kezi models on the command line.',
  'models.row_unreadable': 'Line {{line}} cannot be read: {{text}}',
  'models.not_a_number': 'Line {{line}}, column "{{column}}": "{{text}}" is not a number.',
  'models.cell_missing':
    'Line {{line}}, column "{{column}}" is empty. This model takes no empty cells: fill it in, or use gbdt.',
  'models.level_unknown':
    'Line {{line}}, column "{{column}}": the model has not seen "{{text}}". It knows: {{levels}}.',
  'models.row_refused': 'Line {{line}} cannot be worked out: {{reason}}',
  'models.not_binary':
    'Column "{{column}}" may hold two values only (0 and 1, or two words); line {{line}} has "{{text}}".',
  'models.bad_weight': 'Line {{line}}: weight {{text}} is not a number of customers.',
  'models.bad_history':
    'Line {{line}} is no order history: frequency {{frequency}}, recency {{recency}}, age {{age}}. Frequency is a whole number; recency lies between 0 and age, and is 0 without repeat orders.',
  'models.bad_opportunities':
    'Line {{line}} is no order history: frequency {{frequency}}, recency {{recency}}, opportunities {{opportunities}}. All three are whole numbers: no more orders than the number of the last opportunity with one, and that within the opportunities.',
  'models.bad_spend':
    'Line {{line}}: frequency {{frequency}}, monetary_value {{spend}}. Frequency is the number of repeat orders, a whole number; monetary_value is the mean amount of one and cannot be negative.',
  'models.bad_retention':
    'Line {{line}}: period {{period}}, survivors {{survivors}}. Periods are whole and rise; survivors do not rise and are not negative.',
  'models.bad_duration': 'Line {{line}}: a duration cannot be negative ({{text}}).',
  'models.hazard_period': 'Line {{line}}: period {{period}} is no whole number from 1.',
  'models.hazard_event': 'Line {{line}}: the event must be 0 or 1.',
  'models.hazard_period_twice': 'Line {{line}}: customer {{id}} has period {{period}} twice.',
  'models.hazard_period_missing':
    'Line {{line}}: customer {{id}} has period {{period}} but not the one before it. A customer needs a row for each period.',
  'models.hazard_after_event': 'Line {{line}}: customer {{id}} had left before period {{period}}.',
  'models.too_long':
    'Not finished after {{seconds}} seconds, so it was stopped. Send fewer rows, or use kezi models on the command line.',
  'models.given_up': 'The calculation was cancelled.',
  'models.bad_model': '{{file}} is not a model that can be used: {{reason}}',
  'valuation.column_missing':
    '{{file}} has no column "{{column}}". Its columns are: {{columns}}. Without a header, use column numbers from 1.',
  'valuation.column_not_guessed':
    'Cannot tell which column of {{file}} to take; please name it with --{{role}}. Its columns are: {{columns}}.',
  'valuation.date_ambiguous':
    'In {{file}}, column "{{column}}" (such as {{example}}) may have day or month first. Please say which: {{formats}}.',
  'valuation.not_dates':
    'In {{file}}, column "{{column}}" (such as "{{example}}") does not hold dates. Choose another column or name the date format.',
  'valuation.not_numbers':
    'In {{file}}, column "{{column}}" (such as "{{example}}") does not hold numbers. Choose another column.',
  'valuation.no_orders':
    'There are no orders to value: no line has a positive amount and a date up to the as-of day.',
  'valuation.by_and_covariates':
    'Segments (by) and covariates cannot be used together. Leave one of them out.',
  'valuation.ridge_alone': 'A ridge is for covariates; name some with it.',
  'valuation.too_many_covariates':
    '{{count}} covariates were given; {{most}} is the most. Keep those that really matter.',
  'valuation.attribute_constant':
    '"{{column}}" is the same for all customers, so nothing can be learnt from it. Choose another column.',
  'valuation.too_many_levels':
    '"{{column}}" has more than {{most}} values: that is a number or a note rather than a kind of customer. Put them into fewer kinds first, or choose another column.',
  'valuation.too_many_groups':
    'These columns make {{groups}} kinds of customers together; {{most}} is the most. Use fewer columns, or fewer values.',
  'valuation.attribute_not_of_customer':
    '"{{column}}" has two values for {{customers}} customers (for {{example}}: "{{first}}" and "{{second}}"): it says something of orders, not of customers. Choose another column.',
  'valuation.costs_take_all':
    'The share of cost to serve and the rate of credit loss together must be below 100 %, or no value is left.',
  'valuation.forever_needs_discount':
    'A value without end needs a discount rate above 0. Please give one, or value a horizon.',
  'valuation.yearly_cost_needs_horizon':
    'A cost a year needs a horizon: without end it would be charged long after a customer has left. Please use a share or a cost an order, or value a horizon.',
  'valuation.model_takes_no_attributes':
    'The model {{model}} does not take attributes of customers. Covariates go with auto, nbd, bg-nbd, mbg-nbd and pareto-nbd; segments with every model but the naive rule.',
  'valuation.calibration_outside':
    'The calibration end {{calibrationEnd}} must lie between {{firstDay}} and {{lastDay}}, with orders on both sides.',
  'valuation.bad_option': '"{{value}}" is no value for {{option}}. Expected: {{expected}}.',
  'valuation.customer_missing': 'There is no customer id.',
  'valuation.amount_too_large': 'The amount is over a trillion, which must be an entry error.',
  'valuation.other_currency':
    'The currency differs from the other rows, and amounts cannot be added. Split the file by currency.',
  'lifecycle.needs_all':
    'The rules of stages concern all customers: only who sees all of them changes these.',
  'lifecycle.pin_missing': 'The stage of this customer is not pinned.',
  'lifecycle.rules_changed':
    'Somebody has just changed these rules. Refresh, look at what they are now, then change them.',
  'lifecycle.times_order':
    '"Dormant" needs more than once the patience, and "lost" more than "dormant". They are {{dormant}} and {{lost}}.',
} satisfies Record<keyof typeof zhCn, string>;
