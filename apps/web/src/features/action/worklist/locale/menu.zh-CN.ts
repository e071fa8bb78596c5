export default {
  'worklist.menu': '待办',
  'worklist.week': '日程',
  'worklist.team': '团队',
  'alerts.menu': '预警',
  'alerts.detectors': '预警规则',
  'prospects.menu': '潜力与挖角',
  'worklist.rules': '任务规则',
  'worklist.add': '新任务',
  'pack.open_page': '谈判包',
};
