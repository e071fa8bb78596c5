export default {
  'tiers.menu': 'Tiers',
  'tiers.policies': 'Policies',
  'tiers.sets': 'Tier sets',
  'tiers.decisions': 'Approvals',
  'tiers.entitlements': 'Entitlements',
};
