export default {
  'lifecycle.menu': 'Lifecycle',
};
