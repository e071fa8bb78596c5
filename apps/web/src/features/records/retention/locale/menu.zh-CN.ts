export default {
  'retention.title': '个人信息保留期限',
};
