export default {
  'customers.menu': '客户',
};
