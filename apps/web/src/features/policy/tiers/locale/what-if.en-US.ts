/** Words of a policy as it is read and tried. */
export default {
  'tiers.whatIf': 'What if',
  'tiers.whatIfHint': 'Tried on the customers of today; nothing is changed.',
  'tiers.against': 'Compared with',
  'tiers.againstToday': 'Against today',
  'tiers.doubt.tier-empty': 'Nobody is in "{{tier}}". Lower its cut-off.',
  'tiers.doubt.all-in-one': 'Everybody is in "{{tier}}": this policy tells nobody from anybody.',
  'tiers.doubt.constant': '"{{feature}}" is the same for everybody and has no effect.',
  'tiers.doubt.holes': '{{share}} of customers have no "{{feature}}".',
  'tiers.doubts.constant': '{{count}} indicators are the same for everybody and have no effect:',
  'tiers.doubts.holes': '{{count}} indicators have no data for {{share}} of customers each:',
  'tiers.doubts.more': 'and {{count}} more',
  'tiers.doubts.fewer': 'fewer',
  'tiers.doubt.ties':
    '"{{tier}}" has {{times}} times as many customers as asked for: many have the same score.',
  'tiers.doubt.contradiction':
    'The judgements of "{{axis}}" contradict each other (consistency ratio {{ratio}}, at most 0.1). "{{first}}" against "{{second}}" fits worst.',
  'tiers.doubt.not-valued': 'There is no valuation yet: indicators of value have no data.',
  'tiers.trying.measure': 'Measuring every customer',
  'tiers.trying.grade': 'Scoring, grading, comparing',
  'tiers.trying.step': 'step {{step}} of {{steps}}',
  'tiers.trying.hint':
    'The first trial measures all customers; within ten minutes after it, a changed weight or cut-off is tried at once.',
  'tiers.upDown': '{{up}} move up, {{down}} move down.',
  'tiers.movers.up': 'Move up (worth most)',
  'tiers.movers.down': 'Move down (worth most)',
  'tiers.held.approval':
    '{{count}} more would go down once that is approved; until then they stay, and the table counts them where they are.',
  'tiers.held.hysteresis': '{{count}} stay because their score is within the band around the cut-off.',
  'tiers.held.minimumStay': '{{count}} stay because they have not held their tier for the minimum time.',
  'tiers.consistent':
    'The judgements of "{{axis}}" agree with each other (consistency ratio {{ratio}}, at most 0.1).',
  'tiers.sumOff': 'The weights add up to {{sum}}; they should add up to 100%.',
  'tiers.axisWeighs': '{{axis}}: {{weight}}',
  'tiers.weightWithin': 'Weight in axis',
  'tiers.scoring': 'How it is scored',
  'tiers.fromValue': 'no points up to {{value}}',
  'tiers.toValue': 'all points from {{value}} on',
  'tiers.stepText': '{{points}} points from {{value}} on',
};
