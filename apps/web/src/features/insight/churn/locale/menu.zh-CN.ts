export default {
  'churn.menu': '流失风险',
};
