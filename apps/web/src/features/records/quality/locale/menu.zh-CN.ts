export default {
  'quality.title': '资料质量',
};
