export default {
  'ownership.pools': 'Public pools',
  'ownership.transfers': 'Transfers',
  'ownership.disputes': 'Disputes',
};
