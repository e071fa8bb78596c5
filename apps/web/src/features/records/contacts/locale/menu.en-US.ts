export default {
  'contacts.menu': 'Contacts',
};
