/** Messages by error code. Keys are grouped by owner; every key stands in both languages. */
export default {
  'app.internal': '程序出错了，请把编号 {{id}} 告诉管理员。',
};
