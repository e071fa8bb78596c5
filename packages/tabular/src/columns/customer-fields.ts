import { names, type FieldDefinition } from './field-definition.js';

/** Fields of a customer master file. */
export const CUSTOMER_FIELDS: readonly FieldDefinition[] = [
  {
    name: 'customerId',
    content: 'id',
    required: true,
    zh: names(
      `客户编号, 客户编码, 客户代码, 客户ID, 客户号, 编号, 编码, 代码, 会员编号, 会员号,
      会员ID, 会员卡号, 往来单位编码, 往来单位编号, 客商编码, 顾客编号, 买家ID, 用户ID,
      客戶編號, 客戶代號, 客戶代碼, 會員編號`,
    ),
    en: names(
      `customer id, customer no, customer number, customer code, customer, client id,
      account id, account no, account number, id, code, member id, user id`,
    ),
  },
  {
    name: 'customerName',
    content: 'text',
    required: true,
    zh: names(
      `客户名称, 名称, 客户全称, 客户, 公司名称, 单位名称, 企业名称, 往来单位名称, 往来单位,
      客商名称, 会员姓名, 会员名称, 姓名, 客户姓名, 顾客姓名, 客户简称, 客戶名稱, 客戶全稱,
      公司名稱, 名稱, 會員姓名`,
    ),
    en: names(
      `customer name, name, company, company name, account name, client name, full name,
      legal name, organization`,
    ),
  },
  {
    name: 'legalName',
    content: 'text',
    required: false,
    zh: names('工商名称, 注册名称, 营业执照名称, 法定名称, 工商注册名称, 開票抬頭, 开票抬头, 开票名称'),
    en: names('registered name, legal entity name, invoice name'),
  },
  {
    name: 'creditCode',
    content: 'id',
    required: false,
    zh: names('统一社会信用代码, 社会信用代码, 信用代码, 统一信用代码, 组织机构代码, 統一社會信用代碼'),
    en: names('credit code, unified social credit code, uscc, organisation code, organization code'),
  },
  {
    name: 'registryCountry',
    content: 'text',
    required: false,
    zh: names('注册国家, 注册国, 注册国别, 注册地国家, 註冊國家'),
    en: names('country of registry, registry country, country of registration'),
  },
  {
    name: 'registryNo',
    content: 'id',
    required: false,
    zh: names('境外注册号, 海外注册号, 公司注册号, 注册号, 註冊號'),
    en: names(
      'registry number, registry no, company number, company registration number, registration number',
    ),
  },
  {
    name: 'parentId',
    content: 'id',
    required: false,
    zh: names(
      `上级客户, 上级客户编号, 上级客户编码, 母公司, 母公司编号, 集团客户, 所属集团,
      集团编号, 总公司, 集团, 上級客戶, 母公司編號, 集團客戶`,
    ),
    en: names(
      `parent, parent id, parent account, parent customer, group, parent code,
      parent company, group id`,
    ),
  },
  {
    name: 'owner',
    content: 'text',
    required: false,
    zh: names(
      `负责人, 客户经理, 业务员, 销售员, 销售, 专营业务员, 所属销售, 归属人, 跟进人, 所有人,
      業務員, 負責人, 客戶經理`,
    ),
    en: names(
      `owner, account manager, sales rep, salesperson, account owner, assigned to,
      key account manager`,
    ),
  },
  {
    name: 'region',
    content: 'text',
    required: false,
    zh: names(
      `地区, 区域, 省份, 销售区域, 大区, 城市, 国家, 所属地区, 省市, 所在地, 地區, 區域,
      國家`,
    ),
    en: names('region, area, territory, country, province, city, state, market'),
  },
  {
    name: 'industry',
    content: 'text',
    required: false,
    zh: names(
      `行业, 所属行业, 客户行业, 客户分类, 客户类别, 客户类型, 行业类别, 行業, 產業, 產業別,
      客戶類別`,
    ),
    en: names('industry, sector, vertical, customer type, segment, customer group'),
  },
  {
    name: 'size',
    content: 'text',
    required: false,
    zh: names('客户规模, 企业规模, 公司规模, 人员规模, 规模, 客戶規模'),
    en: names('size, company size, customer size'),
  },
  {
    name: 'salesStage',
    content: 'text',
    required: false,
    zh: names('跟进阶段, 销售阶段, 跟进状态, 客户状态, 销售进度'),
    en: names('sales stage, stage, status, customer status'),
  },
  {
    name: 'source',
    content: 'text',
    required: false,
    zh: names('客户来源, 来源, 线索来源, 获客渠道, 来源渠道, 客戶來源'),
    en: names('source, lead source, customer source, channel of acquisition'),
  },
  {
    name: 'tags',
    content: 'text',
    required: false,
    zh: names('标签, 客户标签, 標籤'),
    en: names('tags, tag, labels'),
  },
  {
    name: 'industryCode',
    content: 'text',
    required: false,
    zh: names('国标行业, 行业代码, 国民经济行业, 行业门类, 行业大类'),
    en: names('industry code, sector code'),
  },
  {
    name: 'countryCode',
    content: 'text',
    required: false,
    zh: names('国家或地区代码, 国家代码, 国别代码'),
    en: names('country code, iso country'),
  },
  {
    name: 'divisionCode',
    content: 'text',
    required: false,
    zh: names('行政区划, 行政区划代码, 区划代码'),
    en: names('division code, administrative division'),
  },
  {
    name: 'phone',
    content: 'text',
    required: false,
    zh: names(
      `电话, 联系电话, 手机, 手机号, 手机号码, 固定电话, 公司电话, 联系方式, 電話, 聯絡電話,
      手機`,
    ),
    en: names('phone, telephone, mobile, phone number, tel, cell'),
  },
  {
    name: 'email',
    content: 'text',
    required: false,
    zh: names('邮箱, 电子邮箱, 电子邮件, E-mail, 联系邮箱, 電子郵件, 信箱, 電郵'),
    en: names('email, e-mail, mail, email address'),
  },
  {
    name: 'contactName',
    content: 'text',
    required: false,
    zh: names('联系人, 主要联系人, 联系人姓名, 首要联系人, 聯絡人, 聯繫人'),
    en: names('contact, contact name, contact person, primary contact'),
  },
  {
    name: 'address',
    content: 'text',
    required: false,
    zh: names('地址, 详细地址, 联系地址, 公司地址, 通讯地址, 注册地址, 收货地址, 通訊地址, 聯絡地址'),
    en: names('address, street, street address, address line 1, billing address'),
  },
  {
    name: 'taxNumber',
    content: 'id',
    required: false,
    zh: names('税号, 纳税人识别号, 纳税登记号, 統一編號, 統編, 稅號'),
    en: names('tax number, tax id, vat, vat number, vat id'),
  },
  {
    name: 'createdOn',
    content: 'date',
    required: false,
    zh: names(
      `创建日期, 创建时间, 建档日期, 注册时间, 注册日期, 开户日期, 登记日期, 成为客户日期,
      入会时间, 发展日期, 建檔日期, 建立日期, 註冊日期`,
    ),
    en: names(
      `created on, created at, created date, create date, registered, signup date,
      customer since, since`,
    ),
  },
  {
    name: 'note',
    content: 'text',
    required: false,
    zh: names('备注, 说明, 客户备注, 描述, 備註, 說明'),
    en: names('note, notes, remark, remarks, comment, description'),
  },
];
