import type { IndustryKey } from '../industries.js';

/** First and second character of a trade name (字号). Any pair reads as a company would call itself. */
const firstSigns =
  '景恒启泽锦澄沐晟瑞昱嘉弘谦砺睿朗逸淳润泓屹霖宸骏翊衡岚煜铭鸿骐沛栩旭昊祺晋奕致纬盈禾森皓溪诚颂凌凯驰颐棠屿乾禹珩玖铎麒彦';
const secondSigns =
  '恒川泽达茂源通信昌辉腾越峰盛泰丰禾和安宁立诺拓科创远航博胜邦力宇晖锐岳颖诚润琪隆利景元佳凡卓兴华成德明铭佑庆瀚澜程松霆杰裕';

/** Pairs that name a widely known company, bank or place; a demo must not put orders in their mouth. */
const known = new Set(
  (
    '恒源 恒丰 恒安 恒力 恒隆 恒通 恒泰 恒信 恒华 恒立 景德 景兴 启明 启信 锦和 瑞丰 瑞德 瑞达 瑞泰 瑞信 瑞利 嘉元 嘉华 嘉和 嘉兴 弘元 弘信 润泽 润和 润丰 润达 泓德 鸿远 ' +
    '鸿达 鸿利 鸿博 旭辉 旭创 昊华 昊源 盈科 盈信 盈峰 盈通 森源 诚通 诚信 诚达 凌云 凯利 凯盛 凯立 凯德 凯乐 颐和 乾元 铭利 铭普 致远 致和 泽达 晋城 晋江 晋中 晟通 禾丰 禾望 ' +
    '嘉诚 嘉信 弘毅 弘业 启源 启迪 宸宇 骏成 昱能 瑞华 瑞科 煜邦 鸿泰 旭腾 凌志 凌锐 驰宏 锦泓'
  ).split(' '),
);

function pairs(first: string, second: string): string[] {
  const result: string[] = [];
  for (const a of new Set(first))
    for (const b of new Set(second)) if (a !== b && !known.has(a + b)) result.push(a + b);
  return result;
}

/** About 4,100 trade names for companies that stand alone. */
export const tradeNames: readonly string[] = pairs(firstSigns, secondSigns);

/** Trade names kept for groups; their first signs appear nowhere else, so no outsider shares a group's name. */
export const groupTradeNames: readonly string[] = pairs('擎曜璟霁砚寰琰湛墨毓', '洲图沃霄瀛垣屏序衍岑野');

/** What customers of each industry do, as it stands in their names. No word appears under two industries. */
export const tradeWords: Record<IndustryKey, readonly string[]> = {
  automation: [
    '自动化设备',
    '精密机械',
    '智能装备',
    '机电工程',
    '模具',
    '电气成套',
    '传动设备',
    '包装机械',
    '汽车零部件',
    '新能源装备',
  ],
  catering: [
    '餐饮管理',
    '食品',
    '酒店管理',
    '生鲜配送',
    '烘焙食品',
    '团餐服务',
    '超市连锁',
    '冷链食品',
    '茶饮',
    '粮油贸易',
  ],
  office: [
    '信息技术',
    '网络科技',
    '办公设备',
    '文化传媒',
    '软件',
    '教育科技',
    '工程设计',
    '企业管理咨询',
    '系统集成',
    '数码科技',
  ],
  medical: [
    '医疗器械',
    '医院管理',
    '口腔医疗',
    '健康体检',
    '康复医疗',
    '生物科技',
    '大药房连锁',
    '医学检验',
    '眼科医疗',
    '医疗科技',
  ],
};

export const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
export const givenSigns =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志文斌宇浩然子轩欣怡雨婷晓红梅海波鹏飞雪琳佳慧玉兰春生东亮辉林峰立新永康宁安庆荣云天一鸣思源博雅';
