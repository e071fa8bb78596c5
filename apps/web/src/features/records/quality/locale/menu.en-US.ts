export default {
  'quality.title': 'Data quality',
};
