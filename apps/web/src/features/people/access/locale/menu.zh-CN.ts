export default {
  'access.deputies': '休假代理',
  'access.placement': '数据范围',
  'access.wall': '字段与限额',
};
