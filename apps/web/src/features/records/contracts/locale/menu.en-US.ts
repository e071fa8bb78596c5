export default {
  'contracts.menu': 'Contracts',
  'contracts.receivables': 'Receivables',
};
