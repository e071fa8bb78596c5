export default {
  'models.menu': '模型台',
};
