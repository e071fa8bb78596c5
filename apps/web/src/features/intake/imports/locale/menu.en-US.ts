export default {
  'imports.menu': 'Import',
};
