export default {
  'churn.menu': 'Churn risk',
};
