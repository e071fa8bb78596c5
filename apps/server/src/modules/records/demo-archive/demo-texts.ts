/** What people of the made-up company have written down. Picked by the place of the customer, so that it is always the same. */

export const people = [
  { name: '陈建国', title: '总经理', decisionRole: 'decider', influence: 5, attitude: 1 },
  { name: '刘晓燕', title: '采购总监', decisionRole: 'influencer', influence: 4, attitude: 2 },
  { name: '赵志强', title: '设备科长', decisionRole: 'user', influence: 3, attitude: 1 },
  { name: '周敏', title: '财务经理', decisionRole: 'gatekeeper', influence: 3, attitude: -1 },
  { name: '吴海峰', title: '生产副总', decisionRole: 'decider', influence: 5, attitude: 0 },
  { name: '孙丽华', title: '采购专员', decisionRole: 'user', influence: 2, attitude: 1 },
  { name: '郑伟', title: '技术总监', decisionRole: 'sponsor', influence: 4, attitude: 2 },
  { name: '何静', title: '品质经理', decisionRole: 'opponent', influence: 3, attitude: -2 },
] as const;

export const talks = [
  {
    kind: 'visit',
    summary: '上门拜访，看了新车间。对方明年要扩产两条线，希望我们提前备货。',
    outcome: '对方认可交期',
    nextStep: '发扩产配套清单',
  },
  { kind: 'call', summary: '确认本月订单数量，比上月多两成。', outcome: null, nextStep: null },
  {
    kind: 'meeting',
    summary: '季度回顾会：交付准时率 97%，有两批包装破损，已补发。',
    outcome: '包装改用加厚纸箱',
    nextStep: '下季度回顾',
  },
  {
    kind: 'message',
    summary: '对方问新规格的价格，说同行报价低 5%。',
    outcome: null,
    nextStep: '报阶梯价',
  },
  {
    kind: 'mail',
    summary: '发送年度框架合同修订稿，主要改账期和最低采购额。',
    outcome: null,
    nextStep: null,
  },
  { kind: 'note', summary: '采购换了人，原来的联系人调到了总部。', outcome: null, nextStep: null },
] as const;

export const needs = [
  '希望交货期从十天缩短到七天',
  '要求按月对账，发票一次开齐',
  '想要小包装，减少现场分拣',
  '需要驻场技术支持，每季度一次',
  '希望开通寄售库存',
] as const;

export const plans = [
  '把备件业务做进去',
  '进入集团的华南工厂',
  '换掉现有供应商的控制器',
  '签三年框架协议',
] as const;

export const rivals = ['远达工业', '华信供应链', '本地贸易商', '德固斯'] as const;

export const streets = ['科技路', '人民路', '建设路', '工业大道', '创业路', '解放路', '高新一路', '滨江路'];

export const channels = ['集团华南工厂', '配套的装备厂', '下游经销商', '兄弟公司采购中心'] as const;
