export default {
  'valuation.menu': 'Valuation',
};
