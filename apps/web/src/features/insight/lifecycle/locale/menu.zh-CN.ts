export default {
  'lifecycle.menu': '生命周期',
};
