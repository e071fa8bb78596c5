export default {
  'tiers.menu': '客户等级',
  'tiers.policies': '分级政策',
  'tiers.sets': '等级方案',
  'tiers.decisions': '审批',
  'tiers.entitlements': '权益',
};
