export default {
  'segments.menu': '客群',
};
