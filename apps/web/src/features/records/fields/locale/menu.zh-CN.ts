export default {
  'fields.title': '自定义字段',
};
