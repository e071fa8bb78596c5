export default {
  'alerts.history_short':
    '订单只有 {{days}} 天，不够回测：既要有过去可看，又要有之后的结果可查，至少要半年。',
  'alerts.records_none': '还没有这个探测器要看的记录，所以没有过去可以回测。先登记或导入这类记录，再来回测。',
  'alerts.records_short':
    '这类记录最早从 {{from}} 才能看起，订单到 {{to}} 为止；回测要在之后还有 {{days}} 天的订单可查，现在还不够。',
  'alerts.past_runs_short':
    '回测要用过去的两次估值，而且第二次之后还要有 {{days}} 天的订单。定期估值，日子够了就能回测。',
  'alerts.backtest_fact':
    '这个探测器说的是现状，不是预测，没有“应验”可言，所以不做回测。可以先看“现在会报多少条”。',
  'alerts.backtest_training':
    '这个探测器是训练出来的模型，训练时已用没有参加训练的客户检验过；结果见探测器卡片上的校准表。',
  'alerts.not_found': '没有这条预警，或者它不在您能看到的范围内。',
  'alerts.changed': '{{by}} 刚处理过这条预警。请刷新后再看。',
  'alerts.closed': '这条预警已经了结，不能再推迟或处理。',
  'alerts.seen_anew_conflict': '这条预警刚又检查过一次，内容有变化。请刷新后再看。',
  'alerts.snooze_past': '推迟到的日子要在今天之后。',
  'alerts.snooze_far': '最多推迟一年，再久就等于忘了。请选一年以内的日子。',
  'alerts.detector_not_found': '没有名为 {{detector}} 的预警规则。',
  'alerts.storm_conflict':
    '开启后一次会发出 {{count}} 条预警（上限 {{limit}} 条）。请先调高门槛，或确认后再开启：超出的部分合并成一条汇总。',
  'alerts.no_scores_conflict': '还没有发布过估值，无法计算风险金额。请先运行一次估值。',
  'alerts.tier_unknown': '规则里有一个等级已经不存在。请刷新后再改。',
  'tasks.not_found': '没有这项任务，或者它不在您能看到的范围内。',
  'tasks.changed': '{{by}} 刚改过这项任务。请刷新后再改。',
  'tasks.done_conflict': '这项任务已经完成或取消，不能再改。',
  'tasks.assignee_unknown': '没有这位同事，或者他看不到这位客户。',
  'tasks.answer_missing': '请写下怎样回复了客户：有了这次跟进，回复时限才算完成。',
  'webhooks.not_found': '没有这个 Webhook，或者它不是您建的。',
  'webhooks.changed': '这个 Webhook 刚被别人改过。请刷新后再改。',
  'webhooks.too_many': '最多 {{most}} 个 Webhook。请先删掉不用的。',
  'webhooks.delivery_not_found': '没有这次投递，或者它不是发给您的 Webhook 的。',
  'webhooks.replay_conflict': '这次投递不能重发：已经送达、还在重试，或者已经重发过一次。',
  'tasks.rule_changed': '这条任务规则刚被别人改过。请刷新后再改。',
  'tasks.action_not_found': '没有这条阶段任务，可能已被删除。',
  'robots.not_found': '没有这个群机器人，或者它不在您能看到的范围内。',
  'robots.changed': '这个群机器人刚被别人改过。请刷新后再改。',
  'robots.host_refused': '{{vendor}} 机器人的地址应在 {{host}} 上。请从群设置里复制完整地址。',
  'robots.team_forbidden': '全公司的群由管理员设置；您可以为自己看得到的团队设置。',
  'robots.too_many': '最多 {{most}} 个群机器人。请先删掉不用的。',
  'robots.answered_error': '群机器人没有收下这条消息。请看它的答复，多半是密钥或关键词不对。',
  'notices.changed': '通知设置刚在别处改过。请刷新后再改。',
};
