export default {
  'duplicates.title': '重复客户',
};
