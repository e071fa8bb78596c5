import menu from './menu.en-US.js';

export default {
  ...menu,
  'retention.hint':
    'Contacts are kept no longer than they are needed. Whoever is due is erased by night; orders and amounts stay.',
  'retention.periods': 'How long',
  'retention.periodsHint': 'Left empty, they are kept until somebody erases them',
  'retention.kind.deleted': 'Deleted contacts',
  'retention.since.deleted': 'Counted from the day they were deleted',
  'retention.kind.left': 'Contacts who left their company',
  'retention.since.left': 'Counted from the day they left',
  'retention.kind.silent': 'Contacts of silent customers',
  'retention.since.silent': 'Counted from the last order or interaction of the customer',
  'retention.months': 'months',
  'retention.forever': 'For good',
  'retention.none': 'Nobody is erased',
  'retention.effect': '{{now}} due now, {{soon}} within {{days}} days',
  'retention.strikesOn': 'in force from {{day}}',
  'retention.saved':
    'Saved. A period that is new or shorter strikes after {{days}} days; until then it can be taken back',
  'retention.next': 'Who will be erased',
  'retention.nextThen': 'Who would be erased',
  'retention.nextHint':
    'Due now or within {{days}} days, at most 100. To keep somebody, log an interaction or correct the day they left',
  'retention.nobody': 'Nobody is due',
  'retention.nobodyText': 'Once there are periods, those who are due soon stand here beforehand.',
  'retention.person': 'Contact',
  'retention.customer': 'Customer',
  'retention.why': 'Reason',
  'retention.dueOn': 'Due on',
  'retention.lastRun': 'Last run: {{time}}, {{count}} erased',
};
