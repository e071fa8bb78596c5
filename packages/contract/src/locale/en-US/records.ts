import type zhCn from '../zh-CN/records.js';

export default {
  'persons.consent_not_found': 'There is no such consent, or it was withdrawn already.',
  'customers.not_found':
    'There is no such customer, or it is not yours to see. A manager, a director or an administrator can assign it to you.',
  'customers.changed':
    'Somebody has just changed this customer. Reload, look at it again, then make your change.',
  'customers.number_conflict':
    'The customer number {{customerNo}} cannot be used. Please choose another one.',
  'customers.parent_unknown': 'The parent customer was not found. Please choose it again.',
  'customers.parent_cycle': 'A customer cannot stand below itself or below one of its own subsidiaries.',
  'customers.owner_left':
    'The account of {{name}} is disabled, so nobody would be there for the customer. Choose somebody else.',
  'customers.owner_unknown': 'The owner was not found. Please choose again.',
  'customers.team_unknown': 'The department was not found. Please choose again.',
  'customers.assign_forbidden':
    'You may not give customers to this owner or department. Please ask your manager.',
  'customers.code_unknown':
    '“{{code}}” is not in the list of codes. Use GB/T 4754 for industries, two letters of ISO 3166 for countries, six digits of GB/T 2260 for divisions.',
  'customers.addresses_most':
    'A customer has at most {{most}} addresses. Please remove those that are out of use first.',
  'customers.division_elsewhere':
    'Division {{division}} is not in {{country}}. Change the country or empty the division.',
  'customers.too_many_at_once': 'At most {{most}} customers can be changed at once. Narrow the list first.',
  'customers.bulk_edit_not_found': 'There is no such bulk edit, or it is not yours.',
  'customers.bulk_edit_undone': 'This bulk edit has been undone already.',
  'custom_fields.not_found': 'There is no such field; it may have been taken out of use. Please reload.',
  'custom_fields.changed':
    'Somebody has just changed this field. Please reload and look at it before you change it.',
  'custom_fields.name_conflict': 'There is a field called “{{name}}” already. Choose another name.',
  'custom_fields.choices_missing': 'A choice needs at least one option.',
  'custom_fields.too_many': 'There can be {{most}} fields at most. Take some out of use first.',
  'custom_fields.unknown': 'There is no field “{{field}}”; it may have been taken out of use. Please reload.',
  'custom_fields.value_wrong': 'The value of “{{field}}” is not right. Please check how it is written.',
  'custom_fields.choice_unknown': '“{{field}}” has no such option. Options: {{choices}}.',
  'custom_fields.person_unknown': 'The colleague chosen for “{{field}}” does not exist. Please choose again.',
  'custom_fields.required': '“{{field}}” must be filled in.',
  'groups.self': 'A customer cannot be its own parent.',
  'groups.cycle':
    '“{{customer}}” cannot go below “{{parent}}”: “{{parent}}” already stands below “{{customer}}”. Move “{{parent}}” out first.',
  'groups.moved_conflict':
    'Somebody has just moved “{{customer}}”; it now stands below “{{parent}}”. The page is up to date: look again before you move it.',
  'groups.effective_future': 'The day it takes effect cannot be later than today ({{today}}).',
  'groups.effective_overlap':
    '“{{customer}}” has its present parent only since {{day}}; the day must be later than that.',
  'customers.credit_code_length':
    'A credit code has 18 places (an older organisation code 9); {{text}} has {{length}}.',
  'customers.credit_code_sign':
    'A credit code never has "{{sign}}". Often 0 was written as O or 1 as I: please compare with the business licence.',
  'customers.credit_code_check':
    'The check digit of credit code {{text}} does not fit; one place is likely wrong. Please compare with the business licence.',
  'customers.credit_code_taken':
    'Customer {{customerNo}} has this credit code. Use that customer if it is the same company; otherwise please correct the code.',
  'customers.credit_code_elsewhere':
    'A colleague already has a customer with this credit code; you may not see it. Please ask your manager.',
  'customers.registry_country_unknown':
    '"{{text}}" is not the code of a country or region. Please give two letters such as US, DE or JP.',
  'customers.registry_incomplete': 'The registry number and its country go together.',
  'duplicates.pair_not_found':
    'There is no such pair; it may have been merged or judged already. Please reload.',
  'merges.same': 'A customer cannot be merged with itself. Please choose another one.',
  'merges.erased':
    'The personal data of customer {{customerNo}} has been erased, so it cannot be merged. Please choose another one.',
  'merges.not_found': 'There is no such merge, or you may not see it.',
  'merges.undo_too_late': 'The merge is more than 30 days old and can no longer be undone.',
  'merges.undone': 'This merge has been undone already.',
  'merges.number_conflict':
    'Number {{customerNo}} belongs to another customer now. Change the number of that customer first, then undo the merge.',
  'merges.field_unknown': 'There is no field "{{field}}". Please load the preview again before you merge.',
  'contracts.not_found': 'There is no such contract, or you may not see its customer.',
  'contracts.changed':
    '{{by}} has just changed this contract ({{fields}}). Look at the new version, then change it again.',
  'contracts.number_conflict': 'The contract number “{{contractNo}}” is in use. Please choose another one.',
  'contracts.days_reversed': 'The last day cannot be before the first.',
  'contracts.currency_fixed': 'The currency of a contract with receivables cannot be changed.',
  'contracts.unknown': 'This customer does not have the chosen contract. Please choose again.',
  'contracts.owed_conflict':
    'There are receivables under this contract. Delete them or move them elsewhere, then delete the contract.',
  'payments.receivable_not_found': 'There is no such receivable, or you may not see its customer.',
  'payments.receivable_changed':
    '{{by}} has just changed this receivable ({{fields}}). Look at the new version, then change it again.',
  'payments.not_found': 'There is no such payment, or you may not see its customer.',
  'payments.number_conflict':
    'A payment with the number “{{paymentNo}}” is there already. Is it the same one?',
  'payments.order_unknown': 'This customer does not have the chosen order. Please choose again.',
  'payments.receivable_unknown': 'This customer does not have the chosen receivable. Please choose again.',
  'payments.currency_differs':
    'The payment is in {{currency}} and the receivable “{{title}}” in {{wanted}}: one cannot pay the other.',
  'payments.over_allocated': 'More is allocated than was paid. Please allocate less.',
  'payments.overpaid': 'Only {{open}} of the receivable “{{title}}” is open; more cannot be paid into it.',
  'payments.below_received': 'More has come in than the new amount; it cannot be that small.',
  'payments.received_conflict': 'A payment is allocated to this receivable. Delete that payment first.',
  'payments.due_missing':
    'Name the day on which it is due: neither the contract nor the tier of the customer says how long it has to pay.',
  'payments.not_yet': 'A payment cannot have come in later than today.',
  'notes.not_found': 'There is no such note, or you may not see its customer.',
  'notes.changed':
    '{{by}} has just changed this note ({{fields}}). Look at the new version, then change it again.',
  'notes.status_unknown': 'A note of this kind does not have the chosen state. Please choose again.',
  'notes.contact_unknown': 'This customer does not have the chosen contact. Please choose again.',
  'notes.customer_unknown': 'The chosen customer was not found. Please choose again.',
  'customers.rule_required': 'Your company asks for "{{field}}". Please fill it in.',
  'customers.rule_pattern':
    'Your company wants "{{field}}" written like {{pattern}} (# is a digit, @ a letter).',
  'customers.rule_broken': '{{field}}: {{message}}',
  'quality.changed':
    'Somebody has just changed these settings. Please load them again before you change them.',
  'quality.field_without_text':
    '"{{field}}" holds money or a person: a rule may only ask that it be filled in, not how it is written, nor make it a condition.',
  'quality.rule_changed':
    '{{by}} has just changed this rule ({{fields}}). Look at the new version, then change it again.',
  'quality.rule_not_found': 'There is no such rule; it may have been deleted. Please reload.',
  'contacts.not_found': 'There is no such contact, or you may not see the customer.',
  'contacts.changed':
    '{{by}} has just changed this contact ({{fields}}). Look at the new version, then change it again.',
  'contacts.phone_unreadable':
    '"{{text}}" does not look like a telephone number. A Chinese mobile number has 11 digits; a fixed line needs its area code, such as 021-61234567; write an extension as ext. 12.',
  'contacts.mail_unreadable': '"{{text}}" is not a complete mail address. Please check it.',
  'contacts.primary_left': 'Somebody who has left cannot be the first contact. Please choose another person.',
  'contacts.reports_to_unknown': 'A superior must be a contact of the same customer. Please choose again.',
  'contacts.reports_to_circle': 'Nobody can report to themselves or to somebody who reports to them.',
  'persons.erased':
    'The data of this customer was erased and is not written again. If they agree anew, add a customer with another number.',
  'persons.is_company':
    'This customer has a credit code or stands in a register of companies, so it is not a person. If it is one after all, clear the code first.',
  'contacts.reveal_forbidden':
    "Only the customer's owner and managers see phones and mails in full. Please ask the owner.",
  'contacts.too_many':
    'A customer has at most {{limit}} contacts. Please delete those that are no longer needed.',
  'interactions.not_found': 'There is no such interaction, or you may not see the customer.',
  'interactions.changed':
    '{{by}} has just changed this interaction ({{fields}}). Look at the new version, then change it again.',
  'interactions.summary_too_large':
    'The text is too long: an interaction holds at most {{limit}} characters. Write down what matters and keep the original as a file. Nothing was saved.',
  'interactions.not_yet':
    'It cannot have happened later than now, nor before 1990. What is still to be done belongs into the next step.',
  'interactions.next_step_missing': 'Say what the next step is before you give it a day.',
  'interactions.contact_unknown':
    'One of those who took part is not a contact of this customer. Please choose again.',
  'interactions.user_unknown':
    'One of the colleagues who took part does not exist, or you may not see them. Please choose again.',
  'orders.not_found': 'There is no such order, or you may not see it.',
  'customers.shared_read_forbidden':
    'This customer is shared with you for reading only. Ask the colleague who shared it for the right to edit.',
  'sharing.not_found': 'There is no such share, or it has been taken back.',
  'sharing.forbidden':
    'Only the owner of a customer, who leads them and who stands in for them can share it. A customer shared with you cannot be shared on.',
  'sharing.colleague_unknown': 'There is no such colleague, or their account is disabled. Choose another.',
  'sharing.owner_conflict': 'This colleague owns the customer already.',
  'sharing.past': 'The last day {{day}} is over. Choose today or later.',
  'sharing.most':
    '{{most}} customers are shared with this colleague already, which is the limit. Take some back, or ask an administrator to give them a department.',
} satisfies Record<keyof typeof zhCn, string>;
