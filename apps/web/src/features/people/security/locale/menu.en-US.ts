export default {
  'security.title': 'Security',
};
