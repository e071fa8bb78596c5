import type { ImportKind } from '@kezi/contract';
import { describe, expect, it } from 'vitest';

import { FIELDS, guessColumns } from './guess-columns.js';

/** Headers of exports that people have, each with the fields they must be taken for. */
const exports: readonly [string, ImportKind, Record<string, string>][] = [
  [
    '金蝶',
    'orders',
    {
      单据编号: 'orderId',
      日期: 'orderDate',
      客户编码: 'customerId',
      客户名称: 'customerName',
      物料编码: 'productId',
      物料名称: 'productName',
      销售数量: 'quantity',
      含税单价: 'unitPrice',
      价税合计: 'amount',
      币别: 'currency',
      销售员: 'salesperson',
    },
  ],
  [
    '用友',
    'orders',
    {
      订单号: 'orderId',
      订单日期: 'orderDate',
      客户编码: 'customerId',
      客户简称: 'customerName',
      存货编码: 'productId',
      存货名称: 'productName',
      数量: 'quantity',
      含税单价: 'unitPrice',
      '价税合计（本位币）': 'amount',
      业务员名称: 'salesperson',
      备注: 'note',
    },
  ],
  [
    '淘宝',
    'orders',
    {
      订单编号: 'orderId',
      买家会员名: 'customerId',
      收货人姓名: 'customerName',
      订单创建时间: 'orderDate',
      宝贝标题: 'productName',
      宝贝总数量: 'quantity',
      买家实际支付金额: 'amount',
      订单状态: 'status',
      买家留言: 'note',
    },
  ],
  [
    '有赞',
    'orders',
    {
      订单号: 'orderId',
      下单时间: 'orderDate',
      订单实付金额: 'amount',
      会员编号: 'customerId',
      买家姓名: 'customerName',
      商品编码: 'productId',
      商品名称: 'productName',
      商品数量: 'quantity',
      商品单价: 'unitPrice',
    },
  ],
  [
    '毛利表',
    'orders',
    {
      客户编号: 'customerId',
      下单时间: 'orderDate',
      '成交金额(元)': 'amount',
      毛利: 'margin',
      成本: 'cost',
      数量: 'quantity',
      单价: 'unitPrice',
      订单号: 'orderId',
      产品编码: 'productId',
      币种: 'currency',
    },
  ],
  [
    '繁體',
    'orders',
    {
      訂單編號: 'orderId',
      客戶編號: 'customerId',
      客戶名稱: 'customerName',
      訂單日期: 'orderDate',
      金額: 'amount',
      數量: 'quantity',
      單價: 'unitPrice',
      幣別: 'currency',
      業務員: 'salesperson',
    },
  ],
  [
    'Online Retail',
    'orders',
    {
      InvoiceNo: 'orderId',
      StockCode: 'productId',
      Description: 'productName',
      Quantity: 'quantity',
      InvoiceDate: 'orderDate',
      UnitPrice: 'unitPrice',
      CustomerID: 'customerId',
      Country: 'region',
    },
  ],
  [
    'Online Retail II',
    'orders',
    {
      Invoice: 'orderId',
      StockCode: 'productId',
      Description: 'productName',
      Quantity: 'quantity',
      InvoiceDate: 'orderDate',
      Price: 'unitPrice',
      'Customer ID': 'customerId',
      Country: 'region',
    },
  ],
  [
    'CDNOW',
    'orders',
    { customer_id: 'customerId', date: 'orderDate', number_of_cds: 'quantity', dollar_value: 'amount' },
  ],
  ['lifetimes', 'orders', { date: 'orderDate', id: 'customerId' }],
  ['CDNOW log', 'orders', { masterid: 'customerId', date: 'orderDate', cds: 'quantity', sales: 'amount' }],
  [
    'SAP',
    'orders',
    {
      'Sales Document': '',
      'Sold-to party': 'customerId',
      'Document Date': 'orderDate',
      Material: 'productId',
      'Order Quantity': 'quantity',
      'Net Value': 'amount',
      Currency: 'currency',
    },
  ],
  [
    'Shopify',
    'orders',
    {
      Name: 'orderId',
      Email: 'customerId',
      'Created at': 'orderDate',
      Total: 'amount',
      Currency: 'currency',
      'Lineitem quantity': 'quantity',
      'Lineitem price': 'unitPrice',
      'Lineitem name': 'productName',
      'Lineitem sku': 'productId',
      'Financial Status': 'status',
    },
  ],
  [
    '客户档案',
    'customers',
    {
      客户编码: 'customerId',
      客户名称: 'customerName',
      上级客户: 'parentId',
      专营业务员: 'owner',
      所属地区: 'region',
      所属行业: 'industry',
      联系人: 'contactName',
      联系电话: 'phone',
      电子邮箱: 'email',
      详细地址: 'address',
      统一社会信用代码: 'creditCode',
      建档日期: 'createdOn',
      备注: 'note',
    },
  ],
  [
    'customers',
    'customers',
    {
      id: 'customerId',
      name: 'customerName',
      parent_id: 'parentId',
      owner: 'owner',
      country: 'region',
      industry: 'industry',
      email: 'email',
      phone: 'phone',
      created_at: 'createdOn',
    },
  ],
  [
    '物料档案',
    'products',
    {
      物料编码: 'productId',
      物料名称: 'productName',
      规格型号: 'specification',
      存货分类: 'category',
      计量单位: 'unit',
      标准售价: 'unitPrice',
      标准成本: 'cost',
      币种: 'currency',
    },
  ],
  [
    'products',
    'products',
    {
      SKU: 'productId',
      'Product Name': 'productName',
      Category: 'category',
      UOM: 'unit',
      'List Price': 'unitPrice',
      'Unit Cost': 'cost',
    },
  ],
];

describe('guessColumns', () => {
  it.each(exports)('knows the headers of %s', (_, kind, columns) => {
    const headers = Object.keys(columns);
    const found = Object.fromEntries(headers.map((header) => [header, '']));
    for (const guess of guessColumns(headers, [], kind)) found[headers[guess.index] ?? ''] = guess.field;
    expect(found).toEqual(columns);
  });

  it('checks a header against the cells', () => {
    const guesses = guessColumns(
      ['客户编号', '日期', '金额'],
      [
        ['C1', '待定', '5'],
        ['C2', '待定', '6'],
      ],
      'orders',
    );
    expect(guesses.map((guess) => guess.field)).toEqual(['customerId', 'amount']);
  });

  it.each([
    ['one bad cell of three', '金额', ['5.00', '面议', '7.50'], true],
    ['bad cells in half of a column', '金额', ['5.00', 'N/A', '7.50', '待定'], true],
    ['bad cells in more than half', '金额', ['5.00', 'N/A', '待定'], false],
    ['words alone', '金额', ['五元', '六元', '七元'], false],
    ['no cell at all', '金额', ['', ''], true],
    ['a header that only holds the name', '金额备注', ['5.00', '面议', '7.50'], false],
    ['an unknown header', 'foo', ['5.00', '面议', '7.50'], false],
  ])('bears a few bad cells where the header is sure: %s', (_, name, cells, taken) => {
    const rows = cells.map((cell, i) => [`C${i}`, `2024-01-0${i + 1}`, cell]);
    const fields = guessColumns(['客户编号', '日期', name], rows, 'orders').map((guess) => guess.field);
    expect(fields.slice(0, 2)).toEqual(['customerId', 'orderDate']);
    expect(fields.includes('amount')).toBe(taken);
  });

  it('takes the order date before other dates, and money before a column of words', () => {
    const guesses = guessColumns(
      ['发货日期', '订单日期', '金额', '总金额'],
      [['2024-01-05', '2024-01-02', '五元', '5.00']],
      'orders',
    );
    expect(guesses.map((guess) => [guess.index, guess.field])).toEqual([
      [1, 'orderDate'],
      [3, 'amount'],
    ]);
  });

  it('takes a customer name for the key where no number is there, less sure', () => {
    const guesses = guessColumns(['客户名称', '日期', '金额'], [], 'orders');
    expect(guesses[0]).toMatchObject({ field: 'customerId', why: 'header', matched: '客户名称' });
    expect(guesses[0]?.confidence).toBeLessThanOrEqual(0.7);
  });

  it('says how sure it is and why', () => {
    const [exact] = guessColumns(['客户编号'], [], 'orders');
    const [part] = guessColumns(['我方客户编号'], [], 'orders');
    expect(exact).toMatchObject({ why: 'header', matched: '客户编号' });
    expect(part).toMatchObject({ why: 'header-part', matched: '客户编号' });
    expect(exact?.confidence ?? 0).toBeGreaterThan(part?.confidence ?? 1);
  });

  it('guesses without a header from what cells look like and where they stand', () => {
    const rows = [
      ['C-001', '2024-01-02', '19.90', '备注'],
      ['C-002', '2024-01-03', '5.00', '无'],
    ];
    expect(guessColumns(null, rows, 'orders').map((guess) => [guess.index, guess.field, guess.why])).toEqual([
      [0, 'customerId', 'position'],
      [1, 'orderDate', 'content'],
      [2, 'amount', 'position'],
    ]);
  });

  it('never takes a column twice, whatever the headers', () => {
    const all = FIELDS.orders.flatMap((field) => [...field.zh, ...field.en]);
    const guesses = guessColumns(all, [], 'orders');
    expect(new Set(guesses.map((guess) => guess.index)).size).toBe(guesses.length);
    expect(new Set(guesses.map((guess) => guess.field)).size).toBe(guesses.length);
    expect(guesses.length).toBe(FIELDS.orders.length);
  });

  it('takes every known name alone for its own field, or for one that shares the name', () => {
    for (const [kind, fields] of Object.entries(FIELDS)) {
      for (const field of fields) {
        for (const name of [...field.zh, ...field.en]) {
          const [guess] = guessColumns([name], [], kind as ImportKind);
          const owners = fields.filter((one) => [...one.zh, ...one.en].includes(name)).map((one) => one.name);
          expect({ kind, name, known: [...owners, 'customerId'].includes(guess?.field ?? '') }).toEqual({
            kind,
            name,
            known: true,
          });
        }
      }
    }
  });
});
