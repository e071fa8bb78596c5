export default {
  waiting: '排队中',
  running: '分级中',
  proposed: '待生效',
  scheduled: '已定，等生效日',
  in_force: '生效中',
  replaced: '已被取代',
  withdrawn: '已撤回',
  failed: '失败',
  cancelled: '已取消',
};
