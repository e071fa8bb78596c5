/** Help in Chinese: its own headings. */
export default {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'Value, from files:': '从文件估值：',
  'Run and look after it:': '运行和维护：',
  'Customers and their records:': '客户和客户的记录：',
  'Grades and groups:': '价值、分级和分群：',
  'The day:': '每天的工作：',
  'Help:': '帮助：',
  'People and rights:': '用户、权限和归属：',
  'say which version this is': '显示版本',
  'Kezi 客资: what every customer is worth, why, and what to do':
    'Kezi 客资：知道每位客户值多少、为什么、该做什么',
  'show the help of a command': '显示用法',
  'kezi help <command> says more. KEZI_LANG=zh speaks Chinese, KEZI_LANG=en English.':
    'kezi help <命令> 看一条命令的用法。KEZI_LANG=en 换成英文。',
} as const;
