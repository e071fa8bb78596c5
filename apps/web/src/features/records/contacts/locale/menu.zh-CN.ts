export default {
  'contacts.menu': '联系人',
};
