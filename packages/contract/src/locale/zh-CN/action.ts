export default {
  'alerts.history_short':
    '订单只有 {{days}} 天，不够回测：既要有过去可看，又要有之后的结果可查，至少要半年。',
  'alerts.not_found': '没有这条预警，或者它不在您能看到的范围内。',
  'alerts.changed': '{{by}} 刚处理过这条预警（现在是“{{status}}”）。请刷新后再看。',
  'alerts.closed': '这条预警已经了结，不能再推迟或处理。',
  'alerts.snooze_past': '推迟到的日子要在今天之后。',
  'alerts.detector_not_found': '没有名为 {{detector}} 的预警规则。',
  'alerts.storm_conflict':
    '开启后一次会发出 {{count}} 条预警（上限 {{limit}} 条）。请先调高门槛，或确认后再开启：超出的部分合并成一条汇总。',
  'alerts.no_scores_conflict': '还没有发布过估值，无法计算风险金额。请先运行一次估值。',
  'tasks.not_found': '没有这项任务，或者它不在您能看到的范围内。',
  'tasks.changed': '{{by}} 刚改过这项任务。请刷新后再改。',
  'tasks.done_conflict': '这项任务已经完成或取消，不能再改。',
  'tasks.assignee_unknown': '没有这位同事，或者他看不到这位客户。',
};
