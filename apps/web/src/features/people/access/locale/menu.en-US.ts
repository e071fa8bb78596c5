export default {
  'access.deputies': 'Deputies',
  'access.placement': 'Data scopes',
  'access.wall': 'Fields and limits',
};
