/**
 * Does the purchase model hold that nobody leaves? NBD is in use where no leaving is to be seen in the orders: its
 * probability of being active is 1 for everybody by definition, and shown as a finding it would be untrue.
 */
export const leavesNobody = (modelName: string): boolean => modelName === 'nbd';
