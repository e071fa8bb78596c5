import type { Product } from './catalogue/products.js';
import type { Customer } from './customer.js';
import type { Company } from './generate-company.js';
import { industryOf } from './industries.js';
import { currencies, type OrderKind, type OrderLine } from './order-lines.js';
import type { CustomerTruth, StoryName } from './truth.js';

/** Rows are handed on in pieces of about this many characters; a piece holds whole rows. */
const pieceLength = 65_536;

const kindNames: Record<OrderKind, string> = { sale: '销售', return: '退货', cancellation: '取消' };

const storyNames: Record<StoryName, string> = {
  steady: '平稳',
  growing: '增长',
  declining: '下滑',
  seasonal: '季节性',
  'won-back': '赢回',
  silent: '流失',
  new: '新客户',
  'no-order': '期内无订单',
};

/** A cell, quoted where a comma, quote or line end asks for it (RFC 4180). */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Minor units as a decimal number without a rounding step: -1205 with two digits is -12.05. */
function decimal(minor: number, digits: number): string {
  if (digits === 0) return String(minor);
  const unsigned = String(Math.abs(minor)).padStart(digits + 1, '0');
  const point = unsigned.length - digits;
  return `${minor < 0 ? '-' : ''}${unsigned.slice(0, point)}.${unsigned.slice(point)}`;
}

function* pieces<T>(header: string, items: Iterable<T>, row: (item: T) => string): Generator<string> {
  let piece = `${header}\n`;
  for (const item of items) {
    piece += `${row(item)}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const customerHeader =
  '客户编号,客户名称,简称,统一社会信用代码,所属集团,上级客户编号,行业,国家,地区,联系人,负责人,负责人账号,团队,部门,结算币种,账期天数,客户来源,建档日期,国民经济行业,国家代码,行政区划,企业规模,跟进阶段,标签,采购方式,信用额度,资信复核日';

function customerRow(customer: Customer): string {
  return [
    customer.customerNo,
    customer.name,
    customer.shortName,
    customer.creditCode,
    customer.groupName,
    customer.parentCustomerNo,
    customer.industryName,
    customer.country,
    customer.region,
    customer.contactName,
    customer.ownerName,
    customer.ownerEmail,
    customer.teamName,
    customer.departmentName,
    customer.currency,
    customer.paymentTermDays,
    customer.source,
    customer.openedOn,
    customer.industryCode,
    customer.countryCode,
    customer.divisionCode,
    customer.size,
    customer.salesStage,
    customer.tags,
    customer.buying,
    customer.creditLimit,
    customer.reviewedOn,
  ]
    .map(cell)
    .join(',');
}

/** Customers as text of a CSV file (UTF-8, no byte order mark), in pieces of whole rows. */
export function customersCsv(company: Company): Iterable<string> {
  return pieces(customerHeader, company.customers, customerRow);
}

const productHeader = '产品编码,产品名称,产品类别,产品线,单位,标准售价,标准成本,币种';

function productRow(product: Product): string {
  return [
    product.productNo,
    product.name,
    product.category,
    industryOf(product.industry).name,
    product.unit,
    decimal(product.listPriceMinor, 2),
    decimal(Math.round(product.listPriceMinor * product.costRate), 2),
    'CNY',
  ]
    .map(cell)
    .join(',');
}

/** Products with the list prices of the first year. */
export function productsCsv(company: Company): Iterable<string> {
  return pieces(productHeader, company.products, productRow);
}

const orderHeader = '订单号,行号,订单日期,客户编号,产品编码,数量,单价,金额,毛利,币种,单据类型,原订单号';

/** No cell of an order line can hold a comma, so none is looked at twice: there may be twenty million. */
function orderRow(line: OrderLine): string {
  const { digits } = currencies[line.currency];
  return `${line.orderNo},${line.lineNo},${line.orderedOn},${line.customerNo},${line.productNo},${
    line.quantity
  },${decimal(line.unitPriceMinor, digits)},${decimal(line.amountMinor, digits)},${decimal(
    line.marginMinor,
    digits,
  )},${line.currency},${kindNames[line.kind]},${line.originalOrderNo ?? ''}`;
}

/** Order lines by customer and date; a return is a document of its own that names the order it takes back. */
export function ordersCsv(company: Company): Iterable<string> {
  return pieces(orderHeader, company.orderLines, orderRow);
}

const truthHeader =
  '客户编号,行业,真实状态,到达率路径,每周到达率,期末每周到达率,每单流失概率,流失日期,期末仍活跃,首单日期,末单日期,订单数,平均订单额,毛利率';

function truthRow(truth: CustomerTruth): string {
  return [
    truth.customerNo,
    industryOf(truth.industry).name,
    storyNames[truth.story],
    truth.pathInWords,
    truth.lambdaPerWeek.toFixed(6),
    truth.lambdaAtEndPerWeek.toFixed(6),
    truth.dropoutProbability.toFixed(6),
    truth.dropoutOn,
    truth.aliveAtEnd ? '是' : '否',
    truth.firstOrderOn,
    truth.lastOrderOn,
    truth.orders,
    decimal(truth.meanSpendMinor, 2),
    truth.marginRate.toFixed(4),
  ]
    .map(cell)
    .join(',');
}

/** The truth behind the orders, to hold a model against. Keep it apart from what is imported. */
export function truthCsv(company: Company): Iterable<string> {
  return pieces(truthHeader, company.truth, truthRow);
}
