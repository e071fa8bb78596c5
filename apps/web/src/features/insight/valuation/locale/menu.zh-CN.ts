export default {
  'valuation.menu': '估值',
};
