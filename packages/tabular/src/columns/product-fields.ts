import { names, type FieldDefinition } from './field-definition.js';

/** Fields of a product master file. */
export const PRODUCT_FIELDS: readonly FieldDefinition[] = [
  {
    name: 'productId',
    content: 'id',
    required: true,
    zh: names(
      `产品编码, 商品编码, 物料编码, 存货编码, 产品编号, 商品编号, 物料代码, 存货编号, 货号,
      编码, 编号, 代码, 商家编码, SKU编码, 料号, 商品ID, 产品ID, 商品条码, 条码, 產品編號,
      商品編號, 料號, 品號, 貨號`,
    ),
    en: names(
      `product id, product code, sku, stock code, item id, item code, item no, material,
      material number, product no, article, part number, code, id`,
    ),
  },
  {
    name: 'productName',
    content: 'text',
    required: true,
    zh: names(
      `产品名称, 商品名称, 物料名称, 存货名称, 品名, 名称, 商品, 产品, 货品名称, 宝贝标题,
      商品标题, 產品名稱, 商品名稱, 名稱`,
    ),
    en: names(
      `product name, name, description, item name, item, item description,
      material description, title, product`,
    ),
  },
  {
    name: 'category',
    content: 'text',
    required: false,
    zh: names(
      `产品类别, 商品类别, 商品分类, 类别, 分类, 品类, 物料组, 产品线, 产品分类, 类目,
      存货分类, 存货大类, 產品類別, 商品分類, 類別`,
    ),
    en: names(
      `category, product category, product line, material group, department, group,
      product type, type`,
    ),
  },
  {
    name: 'unit',
    content: 'text',
    required: false,
    zh: names('单位, 计量单位, 基本单位, 主计量单位, 销售单位, 單位, 計量單位'),
    en: names('unit, uom, unit of measure, base unit'),
  },
  {
    name: 'unitPrice',
    content: 'money',
    required: false,
    zh: names(
      `单价, 售价, 销售单价, 价格, 标准售价, 零售价, 参考售价, 销售价, 一口价, 批发价, 單價,
      售價, 定價`,
    ),
    en: names('unit price, price, list price, selling price, sales price, retail price'),
  },
  {
    name: 'cost',
    content: 'money',
    required: false,
    zh: names(
      `成本, 成本价, 标准成本, 参考成本, 采购价, 进价, 单位成本, 进货价, 成本價, 標準成本,
      進價`,
    ),
    en: names('cost, unit cost, standard cost, cost price, purchase price'),
  },
  {
    name: 'currency',
    content: 'currency',
    required: false,
    zh: names('币种, 币别, 货币, 幣別, 幣種'),
    en: names('currency, currency code'),
  },
  {
    name: 'specification',
    content: 'text',
    required: false,
    zh: names('规格, 规格型号, 型号, 商品规格, 规格名称, 規格, 型號'),
    en: names('specification, spec, model, variant, size'),
  },
];
