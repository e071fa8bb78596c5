export default {
  'contracts.menu': '合同',
  'contracts.receivables': '应收款',
};
