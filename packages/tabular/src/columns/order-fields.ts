import { names, type FieldDefinition } from './field-definition.js';

/** Fields of an order line. Headers of Kingdee, Yonyou, Guanjiapo, Taobao, JD, Youzan, Shopify, SAP and plain sheets. */
export const ORDER_FIELDS: readonly FieldDefinition[] = [
  {
    name: 'orderId',
    content: 'id',
    required: false,
    zh: names(
      `订单号, 订单编号, 单据编号, 单据号, 销售订单号, 单号, 订单ID, 主订单编号, 主订单号,
      交易编号, 交易号, 出库单号, 销货单号, 发票号, 发票号码, 合同编号, 合同号, 流水号,
      小票号, 订单代码, 来源单号, 訂單編號, 訂單號碼, 單號, 單據編號, 發票號碼`,
    ),
    en: names(
      `order id, order no, order number, order code, order, invoice no, invoice number,
      invoice id, invoice, transaction id, document no, sales order, so number, receipt no,
      name`,
    ),
  },
  {
    name: 'customerId',
    content: 'id',
    required: true,
    zh: names(
      `客户编号, 客户编码, 客户代码, 客户ID, 客户号, 客户内码, 会员编号, 会员号, 会员ID,
      会员卡号, 买家ID, 买家会员名, 买家昵称, 用户ID, 用户编号, 用户名, 往来单位编号,
      往来单位编码, 购货单位代码, 购货单位编码, 开票客户编码, 客商编码, 顾客编号, 顾客ID,
      客戶編號, 客戶代號, 客戶代碼, 會員編號, 會員卡號, 买家账号, 下单账号, 客户账号,
      手机号, 收货人手机`,
    ),
    en: names(
      `customer id, customer no, customer number, customer code, customer, customerid,
      cust id, cust, client id, client, account id, account no, account, buyer id, buyer,
      user id, member id, member no, sold to, sold to party, masterid, id, email,
      household key`,
    ),
  },
  {
    name: 'customerName',
    content: 'text',
    required: false,
    zh: names(
      `客户名称, 客户, 客户全称, 客户简称, 购货单位, 购货单位名称, 往来单位, 往来单位名称,
      买家姓名, 买家, 会员名称, 会员姓名, 会员名, 收货人, 收货人姓名, 单位名称, 公司名称,
      企业名称, 顾客, 顾客姓名, 客商名称, 客戶名稱, 客戶, 會員姓名, 公司名稱, 购买方名称,
      购方名称, 终端客户`,
    ),
    en: names(
      `customer name, client name, account name, company, company name, buyer name,
      billing name, shipping name, sold to name`,
    ),
  },
  {
    name: 'orderDate',
    content: 'date',
    required: true,
    zh: names(
      `订单日期, 下单时间, 下单日期, 日期, 单据日期, 订单创建时间, 创建时间, 订单时间,
      付款时间, 订单付款时间, 支付时间, 支付日期, 销售日期, 成交时间, 成交日期, 交易时间,
      交易日期, 业务日期, 开单日期, 开票日期, 出库日期, 发货日期, 发货时间, 购买时间,
      购买日期, 消费日期, 消费时间, 制单日期, 签订日期, 签约日期, 交易创建时间, 时间,
      訂單日期, 下單時間, 銷售日期, 交易日期, 單據日期, 開立日期, 訂單成立日期`,
    ),
    en: names(
      `order date, date, invoice date, order time, transaction date, purchase date,
      sale date, sales date, created at, paid at, created date, order timestamp,
      document date, posting date, billing date, event time, timestamp,
      order purchase timestamp, datetime, day`,
    ),
  },
  {
    name: 'amount',
    content: 'money',
    required: true,
    zh: names(
      `金额, 成交金额, 订单金额, 含税金额, 价税合计, 实付金额, 买家实际支付金额,
      买家实付金额, 实收金额, 销售金额, 销售额, 总金额, 订单总额, 订单总金额, 合计金额,
      应收金额, 付款金额, 支付金额, 交易金额, 消费金额, 订单实付金额, 买家应付货款, 总额,
      货款, 折后金额, 本币金额, 价税合计本位币, 实付款, 商品金额, 不含税金额, 未税金额,
      净额, 收入, 营业额, 小计, 金額, 訂單金額, 銷售金額, 含稅金額, 總金額, 總計, 實收金額,
      小計, 未稅金額, 合同金额, 成交额, 应付金额`,
    ),
    en: names(
      `amount, total, order amount, order total, total amount, revenue, sales, sales amount,
      net amount, gross amount, net sales, line total, dollar value, total price,
      total spent, spend, payment value, price paid, net value, monetary, subtotal,
      grand total, value, turnover, paid amount`,
    ),
  },
  {
    name: 'quantity',
    content: 'decimal',
    required: false,
    zh: names(
      `数量, 销售数量, 购买数量, 商品数量, 宝贝数量, 宝贝总数量, 实发数量, 出库数量, 件数,
      订货数量, 订单数量, 商品总数量, 数量合计, 基本数量, 数目, 數量, 銷售數量, 購買數量`,
    ),
    en: names(
      `quantity, qty, order qty, units, number of cds, cds, lineitem quantity,
      item quantity, order quantity, count, pieces`,
    ),
  },
  {
    name: 'unitPrice',
    content: 'money',
    required: false,
    zh: names(
      `单价, 含税单价, 销售单价, 商品单价, 成交单价, 价格, 商品价格, 实际单价, 不含税单价,
      售价, 宝贝单价, 标价, 單價, 售價, 含稅單價`,
    ),
    en: names(
      `unit price, price, item price, lineitem price, price each, sales price,
      selling price, list price, rate`,
    ),
  },
  {
    name: 'margin',
    content: 'money',
    required: false,
    zh: names(
      `毛利, 毛利额, 销售毛利, 利润, 毛利润, 毛利金额, 订单毛利, 利润额, 贡献毛利, 毛利額,
      利潤`,
    ),
    en: names('margin, gross margin, gross profit, profit, contribution, contribution margin'),
  },
  {
    name: 'cost',
    content: 'money',
    required: false,
    zh: names(
      `成本, 成本金额, 销售成本, 总成本, 成本额, 商品成本, 结转成本, 出库成本, 成本合计,
      成本金額, 銷售成本`,
    ),
    en: names('cost, total cost, cost amount, cogs, cost of goods sold, cost of sales'),
  },
  {
    // Freight and the like are left out on purpose: a seller may pay them or charge them.
    name: 'serviceCost',
    content: 'money',
    required: false,
    zh: names('服务成本, 履约成本, 履约费用, 服務成本'),
    en: names('service cost, cost to serve, fulfilment cost, fulfillment cost'),
  },
  {
    name: 'productId',
    content: 'id',
    required: false,
    zh: names(
      `产品编码, 商品编码, 物料编码, 存货编码, 产品编号, 商品编号, 物料代码, 存货编号, 货号,
      商品ID, 产品代码, 商品代码, 商家编码, 外部系统编号, SKU编码, 规格编码, 料号, 产品ID,
      產品編號, 商品編號, 料號, 品號, 貨號, 条码, 商品条码`,
    ),
    en: names(
      `product id, product code, sku, stock code, item id, item code, item no, material,
      material number, product no, lineitem sku, article, part number, asin, product`,
    ),
  },
  {
    name: 'productName',
    content: 'text',
    required: false,
    zh: names(
      `产品名称, 商品名称, 物料名称, 存货名称, 品名, 商品, 产品, 货品名称, 宝贝标题,
      宝贝名称, 商品标题, 项目名称, 服务名称, 產品名稱, 商品名稱, 貨品名稱`,
    ),
    en: names(
      `product name, description, item name, item, item description, lineitem name,
      material description, product description, product title, title`,
    ),
  },
  {
    name: 'category',
    content: 'text',
    required: false,
    zh: names(
      `产品类别, 商品类别, 商品分类, 类别, 品类, 物料组, 产品线, 产品分类, 类目, 存货分类,
      商品类目, 產品類別, 商品分類`,
    ),
    en: names(
      `category, product category, product line, material group, department, sub category,
      product type`,
    ),
  },
  {
    name: 'currency',
    content: 'currency',
    required: false,
    zh: names('币种, 币别, 货币, 结算币种, 原币, 币种名称, 幣別, 幣種, 貨幣'),
    en: names('currency, currency code, curr, transaction currency'),
  },
  {
    name: 'salesperson',
    content: 'text',
    required: false,
    zh: names(
      `业务员, 销售员, 销售人员, 销售, 业务员名称, 客户经理, 导购员, 导购, 经手人, 负责人,
      业务人员, 職員, 業務員, 業務, 销售代表`,
    ),
    en: names(
      `salesperson, sales rep, sales person, owner, account manager, sales representative,
      seller, employee`,
    ),
  },
  {
    name: 'status',
    content: 'text',
    required: false,
    zh: names('订单状态, 状态, 单据状态, 交易状态, 审核状态, 支付状态, 订单状态描述, 訂單狀態, 狀態'),
    en: names('status, order status, financial status, fulfillment status, state'),
  },
  {
    name: 'region',
    content: 'text',
    required: false,
    zh: names(
      `地区, 区域, 省份, 销售区域, 大区, 城市, 国家, 收货地址, 省, 市, 收货省份, 地區, 國家,
      區域`,
    ),
    en: names('region, country, area, territory, province, city, shipping country, market'),
  },
  {
    name: 'note',
    content: 'text',
    required: false,
    zh: names('备注, 摘要, 订单备注, 买家留言, 说明, 卖家备注, 備註'),
    en: names('note, notes, remark, remarks, comment, memo'),
  },
];
