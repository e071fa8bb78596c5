export default {
  waiting: 'Waiting',
  running: 'Under way',
  proposed: 'To be accepted',
  scheduled: 'Accepted, waits for its day',
  in_force: 'In force',
  replaced: 'Replaced',
  withdrawn: 'Withdrawn',
  failed: 'Failed',
  cancelled: 'Cancelled',
};
