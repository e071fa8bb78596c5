export default {
  'interactions.log': '记一笔',
};
