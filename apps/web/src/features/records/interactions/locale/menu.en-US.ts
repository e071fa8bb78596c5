export default {
  'interactions.log': 'Log something',
};
