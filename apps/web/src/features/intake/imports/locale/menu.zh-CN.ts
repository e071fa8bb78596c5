export default {
  'imports.menu': '导入',
};
