export default {
  'segments.menu': 'Segments',
};
