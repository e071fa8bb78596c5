export default {
  'retention.title': 'Retention of personal data',
};
