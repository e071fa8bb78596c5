export default {
  'fields.title': 'Custom fields',
};
