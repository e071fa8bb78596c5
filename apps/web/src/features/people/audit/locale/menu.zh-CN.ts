export default {
  'audit.title': '操作记录',
};
