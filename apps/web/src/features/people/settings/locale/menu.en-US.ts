export default {
  'settings.me': 'My preferences',
  'settings.organisation': 'Organisation',
  'settings.users': 'Users',
  'settings.teams': 'Teams',
  'settings.keys': 'API keys',
};
