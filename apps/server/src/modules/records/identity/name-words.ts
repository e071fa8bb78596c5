/*
 * Words that company names are made of beside the name itself: regions, trades and legal forms, in simplified characters
 * and lower case.
 */

const words = (text: string) => text.trim().split(/\s+/);

/** Provinces, with what may follow the short form. */
const provinces = words(`
  北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南
  陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门`);

/** Regions that have no cities below them. */
export const municipalities: ReadonlySet<string> = new Set(words(`北京 天津 上海 重庆 香港 澳门`));

/** Cities of the level of a prefecture, and some of a county whose companies are many. */
const cities = words(`
  石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
  呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦
  铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河
  绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 张家港 常熟 江阴 宜兴 太仓 杭州 宁波 温州
  嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 诸暨 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州
  六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江 石狮 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春
  抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁
  新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州
  恩施 仙桃 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江
  茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州
  河池 来宾 崇左 海口 三亚 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
  贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 拉萨 日喀则 西安 铜川 宝鸡 咸阳 渭南 延安 汉中
  榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐
  克拉玛依 吐鲁番 哈密 石河子 台北 新北 桃园 台中 台南 高雄 新竹 中国 全国`);

export const regions: ReadonlySet<string> = new Set([...provinces, ...cities]);

/** What may stand behind the short name of a region. */
export const regionEnds =
  /^(?:省|市|特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|经济技术开发区|高新技术产业开发区|高新区|开发区|工业园区|保税区)/;

/** The district of a city: 上海市浦东新区, 余杭区. Only right behind a region and with its sign. */
export const districtShape = /^\p{Script=Han}{1,4}?(?:新区|区|县|镇)(?=\p{Script=Han}{2})/u;

/** Countries in Latin names; China by any name is one. */
export const latinRegions: ReadonlyMap<string, string> = new Map([
  ['china', '中国'],
  ['prc', '中国'],
  ['shanghai', '上海'],
  ['beijing', '北京'],
  ['shenzhen', '深圳'],
  ['guangzhou', '广州'],
  ['suzhou', '苏州'],
  ['hongkong', '香港'],
  ['taiwan', '台湾'],
  ['japan', 'japan'],
  ['korea', 'korea'],
  ['singapore', 'singapore'],
  ['germany', 'germany'],
  ['deutschland', 'germany'],
  ['usa', 'usa'],
  ['uk', 'uk'],
  ['asia', 'asia'],
  ['europe', 'europe'],
]);

/** Trades by kind: names that differ only within a kind (电子 and 电子科技) are near each other. */
const tradesByKind: Readonly<Record<string, readonly string[]>> = {
  t: words(
    `电子 科技 信息 技术 软件 网络 数码 智能 通信 通讯 数据 系统 互联 光电 电器 电气 微电子 半导体 集成电路`,
  ),
  m: words(`机械 设备 自动化 精密 机电 制造 模具 五金 仪器 仪表 工具 机床 装备 重工 机器人 数控`),
  s: words(`贸易 商贸 国际贸易 进出口 国际 实业 经贸 商业 工贸 供应链 物资 销售 商务 百货 超市 批发`),
  f: words(`餐饮 食品 饮料 酒店 酒业 茶业 农业 农产品 粮油 水产 管理 宾馆`),
  h: words(`医疗 医药 生物 器械 药业 制药 健康 生物医药 医疗器械 大药房 生物科技`),
  b: words(`建筑 建材 建设 工程 装饰 置业 房地产 地产 园林 路桥 钢铁 钢构 水泥 混凝土 玻璃`),
  c: words(`化工 化学 材料 新材料 塑料 塑胶 橡胶 涂料 石化 石油 能源 新能源 电力 环保 环境`),
  l: words(`物流 运输 货运 快递 仓储 航运 汽车 汽车零部件 汽配 零部件 车业`),
  x: words(
    `文化 传媒 传播 广告 教育 咨询 服务 企业管理 投资 资产 资本 金融 基金 租赁 担保 银行 保险 证券 信托`,
  ),
  w: words(
    `纺织 服装 服饰 制衣 鞋业 皮革 针织 印染 家具 家居 包装 印刷 纸业 办公用品 文具 玩具 工艺品 日用品`,
  ),
};

export const tradeKinds: ReadonlyMap<string, string> = new Map(
  Object.entries(tradesByKind).flatMap(([kind, list]) => list.map((word) => [word, kind] as const)),
);
export const longestTrade = 5;

/** Legal forms; the longest first, so that nothing of one is left. */
export const legalForms =
  /(?:股份有限公司|有限责任公司|有限责任合伙|特殊普通合伙|普通合伙|有限合伙企业|合伙企业|有限合伙|有限公司|股份公司|有限责任|总公司|公司|\(有限\)|个人独资企业)/gu;

/** Forms of other countries, as whole words. Co and Ltd alone tell nothing. */
export const latinForms: ReadonlySet<string> = new Set(
  words(`co ltd limited inc incorporated corp corporation company llc llp lp plc gmbh mbh ag kg se sa sas sarl spa srl bv nv
    ab oy oyj as aps pte pty sdn bhd kk kabushiki kaisha aktiengesellschaft the and et und`),
);

/** Forms as they sound, at the end of a name that was typed in pinyin. */
export const spelledForms = /(?:gufen)?(?:youxian)?(?:zeren)?gongsi$/;

/** Mail providers: two customers with addresses there have nothing in common. */
export const publicDomains: ReadonlySet<string> = new Set(
  words(`qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net 188.com sina.com sina.cn sohu.com tom.com 139.com
    189.cn wo.cn aliyun.com 21cn.com gmail.com googlemail.com outlook.com hotmail.com live.com live.cn msn.com yahoo.com
    yahoo.com.cn yahoo.cn yahoo.co.jp ymail.com icloud.com me.com mac.com proton.me protonmail.com mail.ru yandex.ru gmx.de
    gmx.net web.de 1688.com taobao.com tmall.com jd.com weixin.com feishu.cn dingtalk.com`),
);
