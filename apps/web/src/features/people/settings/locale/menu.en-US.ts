export default {
  'settings.me': 'My preferences',
  'settings.organisation': 'Organisation',
  'settings.users': 'Users',
  'settings.teams': 'Departments',
  'settings.keys': 'API keys',
};
