import { names, type FieldDefinition } from './field-definition.js';
import { customer, note } from './shared-fields.js';

/** Fields of a file of people at customers. */
export const CONTACT_FIELDS: readonly FieldDefinition[] = [
  customer,
  {
    name: 'contactName',
    content: 'text',
    required: true,
    zh: names('姓名, 联系人, 联系人姓名, 名字, 聯絡人, 聯繫人'),
    en: names('name, contact, contact name, full name, person'),
  },
  {
    name: 'title',
    content: 'text',
    required: false,
    zh: names('职位, 职务, 头衔, 岗位, 職稱'),
    en: names('title, job title, position'),
  },
  {
    name: 'department',
    content: 'text',
    required: false,
    zh: names('部门, 所在部门, 科室, 部門'),
    en: names('department, division, dept'),
  },
  {
    name: 'phone',
    content: 'text',
    required: false,
    zh: names('电话, 手机, 手机号, 手机号码, 联系电话, 联系方式, 電話, 手機'),
    en: names('phone, mobile, phone number, telephone, cell'),
  },
  {
    name: 'email',
    content: 'text',
    required: false,
    zh: names('邮箱, 电子邮箱, 电子邮件, 邮件地址, 電郵'),
    en: names('email, e-mail, mail, email address'),
  },
  {
    name: 'wechat',
    content: 'text',
    required: false,
    zh: names('微信, 微信号, 微信帐号'),
    en: names('wechat, wechat id'),
  },
  {
    name: 'decisionRole',
    content: 'text',
    required: false,
    zh: names('决策角色, 角色, 采购角色'),
    en: names('role in decisions, decision role, role'),
  },
  {
    name: 'birthday',
    content: 'date',
    required: false,
    zh: names('生日, 出生日期'),
    en: names('birthday, date of birth'),
  },
  note,
];
