export default {
  'access.deputies': 'Deputies',
  'access.placement': 'Departments and scopes',
  'access.wall': 'Fields and limits',
};
