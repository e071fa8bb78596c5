export default {
  'overview.menu': '总览',
};
