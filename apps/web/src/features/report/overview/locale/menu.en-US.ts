export default {
  'overview.menu': 'Overview',
};
