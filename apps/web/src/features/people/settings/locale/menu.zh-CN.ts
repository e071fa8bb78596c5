export default {
  'settings.me': '个人设置',
  'settings.organisation': '组织',
  'settings.users': '用户',
  'settings.teams': '部门',
  'settings.keys': 'API 密钥',
};
