import { names, type FieldDefinition } from './field-definition.js';

/** Fields that files of several kinds have. */
export const customer: FieldDefinition = {
  name: 'customerId',
  content: 'id',
  required: true,
  zh: names('客户编号, 客户编码, 客户代码, 往来单位编码, 客商编码, 付款方编号, 所属客户编号, 客户, 客戶編號'),
  en: names('customer id, customer no, customer number, customer code, account id, customer'),
};
export const currency: FieldDefinition = {
  name: 'currency',
  content: 'currency',
  required: false,
  zh: names('币种, 币别, 货币, 幣別'),
  en: names('currency, currency code'),
};
export const note: FieldDefinition = {
  name: 'note',
  content: 'text',
  required: false,
  zh: names('备注, 说明, 摘要, 条款, 備註'),
  en: names('note, notes, remarks, terms, description'),
};
