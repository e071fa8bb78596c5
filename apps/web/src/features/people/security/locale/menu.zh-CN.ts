export default {
  'security.title': '安全',
};
