export default {
  'customers.menu': 'Customers',
};
