import { names, type FieldDefinition } from './field-definition.js';
import { currency, customer, note } from './shared-fields.js';

const amount: FieldDefinition = {
  name: 'amount',
  content: 'money',
  required: false,
  zh: names('金额, 合同金额, 总金额, 合同总额, 应收金额, 回款金额, 收款金额, 到账金额, 實收金額, 金額'),
  en: names('amount, contract amount, total, value, paid amount, received'),
};
/** Fields of a file of contracts. */
export const CONTRACT_FIELDS: readonly FieldDefinition[] = [
  {
    name: 'contractNo',
    content: 'id',
    required: true,
    zh: names('合同编号, 合同号, 协议编号, 合约编号, 合同编码, 合約編號'),
    en: names('contract no, contract number, contract id, agreement number'),
  },
  customer,
  {
    name: 'contractTitle',
    content: 'text',
    required: false,
    zh: names('合同名称, 名称, 合同标题, 标题, 项目名称'),
    en: names('title, contract title, contract name, name, subject'),
  },
  {
    name: 'startsOn',
    content: 'date',
    required: true,
    zh: names('开始日期, 生效日期, 合同开始日期, 起始日期, 起始日, 开始日'),
    en: names('start date, starts on, start, effective date, from'),
  },
  {
    name: 'endsOn',
    content: 'date',
    required: false,
    zh: names('结束日期, 到期日期, 合同结束日期, 终止日期, 到期日, 截止日期'),
    en: names('end date, ends on, end, expiry date, until'),
  },
  {
    name: 'signedOn',
    content: 'date',
    required: false,
    zh: names('签订日期, 签约日期, 签署日期, 簽約日期'),
    en: names('signed on, signing date, signature date'),
  },
  amount,
  {
    name: 'minimum',
    content: 'money',
    required: false,
    zh: names('约定采购额, 最低采购额, 保底金额, 年框金额'),
    en: names('minimum purchase, committed amount, minimum'),
  },
  currency,
  note,
];

/** Fields of a file of payments that have come in. */
export const PAYMENT_FIELDS: readonly FieldDefinition[] = [
  {
    name: 'paymentNo',
    content: 'id',
    required: true,
    zh: names('回款编号, 收款编号, 收款单号, 流水号, 交易流水号, 凭证号, 單號'),
    en: names('payment no, payment number, payment id, receipt number, transaction id, reference'),
  },
  customer,
  {
    name: 'receivedOn',
    content: 'date',
    required: true,
    zh: names('回款日期, 收款日期, 到账日期, 日期, 入账日期, 交易日期'),
    en: names('received on, payment date, date received, date, value date'),
  },
  amount,
  currency,
  {
    name: 'method',
    content: 'text',
    required: false,
    zh: names('回款方式, 方式, 收款方式, 付款方式, 支付方式, 结算方式'),
    en: names('method, payment method, means of payment'),
  },
  note,
];

/** Fields of a file of what customers owe. */
export const RECEIVABLE_FIELDS: readonly FieldDefinition[] = [
  customer,
  {
    name: 'receivableTitle',
    content: 'text',
    required: true,
    zh: names('款项, 应收名称, 应收编号, 款项名称, 名称, 期次, 发票号, 发票号码, 应收单号'),
    en: names('receivable, invoice no, invoice number, title, name, instalment, reference'),
  },
  {
    name: 'dueOn',
    content: 'date',
    required: true,
    zh: names('到期日, 应收日期, 应付日期, 计划回款日期, 付款期限, 到期日期'),
    en: names('due date, due on, due, payable by'),
  },
  { ...amount, required: true },
  currency,
  {
    name: 'contractNo',
    content: 'id',
    required: false,
    zh: names('合同编号, 合同号, 协议编号'),
    en: names('contract no, contract number, contract id'),
  },
];
