export default {
  'audit.title': 'Audit',
};
