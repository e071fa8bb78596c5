import type { CustomerColumn } from '@kezi/contract';
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
    rfmSegment: '价值分群',
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

const titles: Readonly<Record<Language, string>> = { 'zh-CN': '客户', 'en-US': 'Customers' };

export function exportHeader(columns: readonly CustomerColumn[], language: Language): string[] {
  return columns.map((name) => headers[language][name]);
}

export function exportTitle(language: Language): string {
  return titles[language];
}
