import type zhCn from '../zh-CN/policy.js';

export default {
  'ownership.team_missing': 'Without a new owner, name the department whose pool the customers go to.',
  'ownership.nothing_to_move':
    'There is nothing to transfer: {{alreadyThere}} are there already, {{notToGive}} are not yours to give.',
  'ownership.transfer_not_found': 'There is no such transfer, or somebody else made it.',
  'ownership.transfer_not_undoable':
    'This transfer cannot be taken back: it is not over, has been taken back, or is older than {{days}} days.',
  'ownership.member_unknown':
    'There is no such colleague within your sight, or the account is disabled. Choose somebody else.',
  'ownership.member_changed':
    'Somebody else has just changed the team of this customer. Look at it again, then change it.',
  'ownership.member_not_found': 'This colleague is no longer on the team of the customer.',
  'pools.not_found': 'There is no such pool, or it is not yours to look after.',
  'pools.exists': 'This department has a pool already.',
  'pools.changed':
    'Somebody else has just changed the terms of this pool. Look at them again, then change them.',
  'pools.team_unknown': 'There is no such department. Choose again.',
  'pools.member_unknown': 'A colleague was not found or the account is disabled. Choose again.',
  'pools.tier_unknown': 'A chosen tier is not there any more. Please choose again.',
  'pools.none':
    'Neither this department nor one above it has a pool, so the customer cannot be given back. Ask a manager to open one.',
  'pools.in_pool_already': 'This customer is in the pool already.',
  'pools.release_forbidden': 'Only the owner of a customer and managers may give it back to the pool.',
  'pools.customer_not_found': 'There is no such customer in a pool that you may claim from.',
  'pools.own_already': 'This customer is yours already.',
  'pools.taken_conflict':
    '{{by}} has just claimed {{name}}, a moment before you. Have a look at the others in the pool.',
  'pools.cooling_down':
    'This customer was yours: it cannot be claimed by you for {{days}} days. From {{on}} on it can.',
  'pools.claims_used_up': 'Your claims of today ({{limit}}) are used up. Come back tomorrow.',
  'pools.holding_too_many':
    'You own {{holding}} customers, and {{limit}} is the limit. Give back those you no longer work on.',
  'pools.segment_unfit':
    'The segment "{{name}}" asks for what a pool does not show. Here a segment may ask for region, industry, value, the probability of being active and the day of the last order.',
  'pools.rule_not_found': 'There is no such rule, or it is not yours to look after.',
  'pools.rule_exists': 'This pool has a rule of that name already. Choose another name.',
  'pools.rule_changed': 'Somebody else has just changed this rule. Look at it again, then change it.',
  'pools.rule_is_on':
    'The rule is on and cannot be changed. Switch it off, change and simulate it, then switch it on again.',
  'pools.rule_empty':
    'A rule needs a condition of time: days without follow-up, days without an order, or days after the end of a contract.',
  'pools.rule_takes_most':
    'This rule takes {{count}} of {{total}} customers. To switch it on, type the number {{count}}.',
  'disputes.not_found': 'There is no such dispute, or it is not yours to see.',
  'disputes.own_already': 'This customer is yours already.',
  'disputes.nobody_owns': 'Nobody owns this customer: claim it from the pool.',
  'disputes.open_exists': 'There is an open dispute over this customer already. Wait until it is decided.',
  'disputes.not_open': 'This dispute has been decided or withdrawn.',
  'disputes.changed': 'This dispute has just changed. Look at it again, then decide.',
  'disputes.withdraw_forbidden': 'Only who made a claim may withdraw it.',
  'disputes.decide_forbidden':
    'You cannot decide this one: your own claim, your own customer and customers out of your sight are for another manager.',
  'disputes.undo_forbidden': 'Only who decided, and those who see all customers, may take a decision back.',
  'disputes.moved_since':
    'The customer has changed hands since, so the decision cannot be taken back. Transfer the customer instead.',
  'disputes.claimant_left': 'The account of the claimant is disabled, so the customer cannot go there.',
  'ownership.handover_forbidden': 'Only somebody who sees all customers may hand over for a colleague.',
  'ownership.handover_self': 'The successor cannot be the one who leaves.',
  'segments.not_found': 'There is no such segment, or it is not shared with you.',
  'segments.changed': 'Somebody has just changed this segment. Look at it again before you change it.',
  'segments.name_exists': 'You have a segment called "{{name}}" already. Choose another name.',
  'segments.others_forbidden':
    '{{name}} made this segment, and nobody else changes or deletes it. You can make one like it.',
  'segments.used_conflict':
    'Care for a festival still uses the segment "{{name}}". Choose another there (Task rules), then delete it.',
  'segments.not_usable':
    'The segment "{{name}}" asks for fields that you do not see, so you cannot filter by it.',
  'segments.static_rule':
    'The members of a static segment are fixed, so its conditions cannot be changed. Make another segment.',
  'segments.static_already': 'The members of this segment are fixed already.',
  'segments.field_unknown': 'There is no field "{{field}}". Choose one of the list.',
  'segments.test_unfit': 'The field "{{field}}" cannot be tested by "{{test}}". Choose another test.',
  'segments.condition_incomplete': 'A condition is not complete ({{field}}). Fill it in or take it away.',
  'segments.rule_too_long': 'Too many conditions: {{most}} at most. Make several segments of it.',
  'segments.needs_all':
    'Clusters are made of all customers, so only those who see all of them can make them.',
  'segments.not_valued': 'No valuation has been published yet. Value the customers first, then cluster them.',
  'segments.cluster_busy': 'Customers are being clustered already. Wait until that is done.',
  'segments.cluster_few':
    'Only {{customers}} customers have ordered; at least {{least}} are needed for clusters.',
  'segments.cluster_alike':
    'By these figures all customers are alike, so there are no clusters. Choose other figures.',
  'segments.cluster_features': 'Choose at least two different figures.',
  'tiers.not_found': 'There is no such grading item, or you may not see it.',
  'tiers.changed':
    'Somebody has just changed this. Reload before you change it, so that nothing of theirs is lost.',
  'tiers.needs_all':
    'A grading policy concerns all customers: only somebody who sees all customers can write, try or publish one.',
  'tiers.not_draft': 'A published policy can no longer be changed or deleted. Make a new version from it.',
  'tiers.weights_sum': 'The weights of "{{of}}" add up to {{sum}}% instead of 100%.',
  'tiers.weights_zero': 'All weights of "{{of}}" are 0. Give at least one of them a weight.',
  'tiers.judgements_count':
    'The comparison of "{{of}}" is incomplete: it needs {{needed}} judgements and has {{given}}.',
  'tiers.contradiction':
    'The judgements of "{{of}}" contradict each other (consistency ratio {{ratio}}, at most 0.1 is allowed). "{{first}}" against "{{second}}" fits the others worst: compare them again before you publish.',
  'tiers.cuts_count': '{{tiers}} tiers need {{needed}} cut-offs; {{given}} are given.',
  'tiers.cuts_order': 'Cut-offs by score fall from the highest tier down and lie between 0 and 100.',
  'tiers.cuts_share': 'The shares of the tiers add up to {{sum}}%; they may not exceed 100%.',
  'tiers.cuts_whole': 'By number of customers, cut-offs are whole numbers.',
  'tiers.feature_unknown': 'There is no indicator "{{feature}}". Choose one from the catalogue.',
  'tiers.feature_twice': 'The indicator "{{feature}}" is used twice. Keep it once.',
  'tiers.axis_twice': 'The axis "{{axis}}" is there twice.',
  'tiers.steps_order':
    'The steps of "{{feature}}" rise from one to the next; their points rise with them, or fall where less is better.',
  'tiers.bounds_order': 'The lower bound of "{{feature}}" lies below its upper bound.',
  'tiers.no_customers': 'There are no customers to grade yet. Import customers and orders first.',
  'tiers.set_exists': 'There is already a tier set called "{{name}}". Choose another name.',
  'tiers.set_used':
    'This tier set stands in a published policy: its tiers can be renamed and get other badges, but not be added or taken away. Make a new tier set for that.',
  'tiers.run_busy': 'A grading run is under way. Wait for its end, or cancel it first.',
  'tiers.newer_conflict':
    'Version {{version}} of "{{name}}" has been graded and is not in force yet (from {{effectiveOn}}). Put it in force or give it up before you grade again by the policy that holds.',
  'tiers.run_state': 'This cannot be done with the run as it stands now. Reload and look again.',
  'tiers.policy_unpublished': 'No grading policy is in force yet. Publish one first.',
  'tiers.effective_past': 'The first day cannot lie before today ({{today}}).',
  'tiers.day_ahead':
    '{{on}} has not come yet: tiers are known up to today ({{today}}). A grading that takes force later stands at the top of Grading.',
  'tiers.expiry_past': 'The last day lies after today and within three years.',
  'tiers.override_exists': 'This customer already has a manual tier. End it before you ask for another.',
  'tiers.tier_unknown': 'This tier does not belong to the tier set in force.',
  'tiers.not_graded': 'This customer has not been graded yet.',
  'tiers.decided': 'This request has been decided already. Reload.',
  'tiers.own_request': 'Somebody else has to approve what you asked for yourself.',
  'entitlements.not_found': 'There is no such entitlement, or you may not see it.',
  'entitlements.changed': 'Somebody has just changed this entitlement. Reload before you change it.',
  'entitlements.name_exists': 'There is already an entitlement called "{{name}}". Choose another name.',
  'entitlements.tier_unknown': 'There is no such tier. Reload and choose again.',
  'entitlements.used':
    'This entitlement has been used and cannot be deleted. Set its quantities to 0 instead.',
  'entitlements.future': 'The day of use cannot lie after today.',
  'entitlements.user_unknown': 'There is no such colleague. Reload and choose again.',
  'entitlements.hours_changed':
    'Somebody has just changed the hours of this colleague. Reload before you change them.',
  'entitlements.use_unknown': 'There is no such use; perhaps it was taken back. Reload.',
  'clocks.calendar_changed': 'Somebody has just changed the working hours. Reload before you change them.',
  'clocks.year_unknown':
    'The public holidays of {{year}} are not known here; known are {{known}}. Add them from a file.',
  'clocks.days_unread':
    'These lines hold no day: {{lines}}. One day a line, such as 2027-01-01,closed; no day was added.',
  'clocks.not_found': 'There is no such clock, or you may not see it.',
} satisfies Record<keyof typeof zhCn, string>;
