export default {
  'worklist.menu': 'To do',
  'worklist.week': 'Calendar',
  'worklist.team': 'Team',
  'alerts.menu': 'Warnings',
  'alerts.detectors': 'Detectors',
  'prospects.menu': 'Rising and at risk',
  'worklist.rules': 'Task rules',
  'worklist.add': 'New task',
  'pack.open_page': 'Negotiation pack',
};
