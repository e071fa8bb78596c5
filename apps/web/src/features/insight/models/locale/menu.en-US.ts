export default {
  'models.menu': 'Models',
};
