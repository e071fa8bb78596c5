export default {
  'delivery.mine': 'My notices',
  'delivery.title': 'Notices and connections',
};
