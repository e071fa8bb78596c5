import { names, type FieldDefinition } from './field-definition.js';
import { customer } from './shared-fields.js';

/** Fields of a file of addresses of customers. */
export const ADDRESS_FIELDS: readonly FieldDefinition[] = [
  customer,
  {
    name: 'addressLine',
    content: 'text',
    required: true,
    zh: names('地址, 详细地址, 街道地址, 通讯地址, 收货地址, 送货地址, 地點'),
    en: names('address, street address, address line, street'),
  },
  {
    name: 'addressKind',
    content: 'text',
    required: false,
    zh: names('地址类型, 类型, 地址用途, 用途'),
    en: names('address type, address kind, type, kind, purpose'),
  },
  {
    name: 'postcode',
    content: 'id',
    required: false,
    zh: names('邮编, 邮政编码, 郵遞區號'),
    en: names('postcode, postal code, zip, zip code'),
  },
  {
    name: 'countryCode',
    content: 'id',
    required: false,
    zh: names('国家代码, 国家, 国家或地区, 國家'),
    en: names('country code, country'),
  },
  {
    name: 'divisionCode',
    content: 'text',
    required: false,
    zh: names('行政区划, 行政区划代码, 省市, 省份, 城市, 地区'),
    en: names('division, division code, province, city, region'),
  },
];

/** Fields of a file of what was done with customers. */
export const INTERACTION_FIELDS: readonly FieldDefinition[] = [
  customer,
  {
    name: 'happenedAt',
    content: 'date',
    required: true,
    zh: names('跟进时间, 跟进日期, 拜访时间, 拜访日期, 联系时间, 联系日期, 发生时间, 时间, 日期'),
    en: names('happened at, date, time, visit date, call date, activity date, contacted on'),
  },
  {
    name: 'summary',
    content: 'text',
    required: true,
    zh: names('跟进内容, 内容, 拜访内容, 沟通内容, 跟进记录, 纪要, 摘要, 记录'),
    en: names('summary, content, notes, note, description, details'),
  },
  {
    name: 'interactionKind',
    content: 'text',
    required: false,
    zh: names('跟进方式, 方式, 类型, 跟进类型, 联系方式, 沟通方式'),
    en: names('kind, type, activity type, channel'),
  },
  {
    name: 'contactName',
    content: 'text',
    required: false,
    zh: names('联系人, 客户联系人, 参与联系人, 拜访对象, 对方人员'),
    en: names('contact, contacts, contact name, with whom'),
  },
  {
    name: 'userName',
    content: 'text',
    required: false,
    zh: names('跟进人, 拜访人, 我方人员, 参与同事, 业务员, 销售'),
    en: names('colleague, colleagues, by whom, sales rep, user'),
  },
  {
    name: 'outcome',
    content: 'text',
    required: false,
    zh: names('结果, 跟进结果, 拜访结果, 沟通结果'),
    en: names('outcome, result'),
  },
  {
    name: 'nextStep',
    content: 'text',
    required: false,
    zh: names('下一步, 下步计划, 下一步计划, 后续计划, 待办'),
    en: names('next step, follow-up, next action, to do'),
  },
  {
    name: 'nextStepOn',
    content: 'date',
    required: false,
    zh: names('下次跟进日期, 下次跟进时间, 下次联系时间, 下一步日期'),
    en: names('next step on, next step date, follow-up date, due date'),
  },
];

/** Fields of a file of needs, plans, competitors and indirect customers. */
export const NOTE_FIELDS: readonly FieldDefinition[] = [
  customer,
  {
    name: 'noteKind',
    content: 'text',
    required: true,
    zh: names('类型, 类别, 记录类型, 经营记录类型'),
    en: names('kind, type, category'),
  },
  {
    name: 'noteTitle',
    content: 'text',
    required: true,
    zh: names('标题, 名称, 需求, 计划, 竞争对手, 间接客户, 主题'),
    en: names('title, name, need, plan, competitor, indirect customer, subject'),
  },
  {
    name: 'notedOn',
    content: 'date',
    required: true,
    zh: names('日期, 提出日期, 完成日期, 记录日期, 时间'),
    en: names('date, noted on, day, by'),
  },
  {
    name: 'noteStatus',
    content: 'text',
    required: false,
    zh: names('状态, 进展'),
    en: names('status, state'),
  },
  {
    name: 'note',
    content: 'text',
    required: false,
    zh: names('详情, 说明, 备注, 内容, 備註'),
    en: names('detail, details, description, note, notes'),
  },
  {
    name: 'saidBy',
    content: 'text',
    required: false,
    zh: names('提出人, 谁说的, 来源'),
    en: names('said by, by whom, source'),
  },
  {
    name: 'sharePercent',
    content: 'text',
    required: false,
    zh: names('份额, 占比, 份额百分比, 采购占比'),
    en: names('share, share percent, percent'),
  },
  {
    name: 'amount',
    content: 'money',
    required: false,
    zh: names('金额, 预计金额, 预期金额'),
    en: names('amount, expected amount, value'),
  },
];
