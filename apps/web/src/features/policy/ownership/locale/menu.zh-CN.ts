export default {
  'ownership.pools': '公海',
  'ownership.transfers': '客户转移',
  'ownership.disputes': '归属争议',
};
