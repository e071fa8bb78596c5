import type { CustomerColumn, LifecycleStage, RfmSegment } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';

/** Headers that the importer recognises too, so that an export can be mended and imported. */
const headers: Readonly<Record<Language, Readonly<Record<CustomerColumn, string>>>> = {
  'zh-CN': {
    customerNo: '客户编号',
    name: '客户名称',
    shortName: '简称',
    legalName: '工商名称',
    creditCode: '统一社会信用代码',
    registryCountry: '注册国家',
    registryNo: '境外注册号',
    parentName: '上级客户',
    ownerName: '负责人',
    teamName: '部门',
    region: '地区',
    industry: '行业',
    size: '客户规模',
    salesStage: '跟进阶段',
    source: '客户来源',
    tags: '标签',
    industryCode: '国标行业',
    countryCode: '国家或地区代码',
    divisionCode: '行政区划',
    addresses: '地址簿',
    orders: '订单数',
    lastOrderOn: '最近下单',
    monetaryValue: '平均订单额',
    pAlive: '活跃概率',
    expectedOrders: '预期订单数',
    clv: '客户价值',
    clvLow: '客户价值下限',
    clvHigh: '客户价值上限',
    nextOrderOn: '预计下次下单',
    rfmSegment: 'RFM 分组',
    tierName: '等级',
    stage: '生命周期阶段',
  },
  'en-US': {
    customerNo: 'Customer number',
    name: 'Name',
    shortName: 'Short name',
    legalName: 'Legal name',
    creditCode: 'Credit code',
    registryCountry: 'Country of registry',
    registryNo: 'Registry number',
    parentName: 'Parent customer',
    ownerName: 'Owner',
    teamName: 'Department',
    region: 'Region',
    industry: 'Industry',
    size: 'Size',
    salesStage: 'Sales stage',
    source: 'Source',
    tags: 'Tags',
    industryCode: 'Industry code',
    countryCode: 'Country code',
    divisionCode: 'Division code',
    addresses: 'Addresses',
    orders: 'Orders',
    lastOrderOn: 'Last order',
    monetaryValue: 'Average order value',
    pAlive: 'Probability of being active',
    expectedOrders: 'Expected orders',
    clv: 'Customer value',
    clvLow: 'Customer value, low',
    clvHigh: 'Customer value, high',
    nextOrderOn: 'Next order expected',
    rfmSegment: 'RFM segment',
    tierName: 'Tier',
    stage: 'Lifecycle stage',
  },
};

const segments: Readonly<Record<RfmSegment, readonly [string, string]>> = {
  'important-value': ['重要价值', 'Key: value'],
  'important-develop': ['重要发展', 'Key: develop'],
  'important-retain': ['重要保持', 'Key: retain'],
  'important-win-back': ['重要挽留', 'Key: win back'],
  'general-value': ['一般价值', 'Other: value'],
  'general-develop': ['一般发展', 'Other: develop'],
  'general-retain': ['一般保持', 'Other: retain'],
  'general-win-back': ['一般挽留', 'Other: win back'],
};
const stages: Readonly<Record<LifecycleStage, readonly [string, string]>> = {
  prospect: ['潜在', 'Prospect'],
  new: ['新客户', 'New'],
  growing: ['成长', 'Growing'],
  mature: ['成熟', 'Mature'],
  'at-risk': ['有风险', 'At risk'],
  dormant: ['休眠', 'Dormant'],
  lost: ['流失', 'Lost'],
  'won-back': ['已挽回', 'Won back'],
};

/** What the register says of a segment or a stage, as the page says it. */
export function standingWord(name: 'rfmSegment' | 'stage', code: string, language: Language): string {
  const words: Readonly<Record<string, readonly [string, string]>> = name === 'stage' ? stages : segments;
  return words[code]?.[language === 'zh-CN' ? 0 : 1] ?? code;
}

const titles: Readonly<Record<Language, string>> = { 'zh-CN': '客户', 'en-US': 'Customers' };

export function exportHeader(columns: readonly CustomerColumn[], language: Language): string[] {
  return columns.map((name) => headers[language][name]);
}

export function exportTitle(language: Language): string {
  return titles[language];
}
