export default {
  'duplicates.title': 'Duplicates',
};
