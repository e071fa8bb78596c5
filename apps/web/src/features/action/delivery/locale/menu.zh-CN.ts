export default {
  'delivery.mine': '我的通知',
  'delivery.title': '通知与对接',
};
