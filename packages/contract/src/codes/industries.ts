/*
 * GB/T 4754-2017, 国民经济行业分类: its 20 sections (a letter) and 97 divisions (two digits). A line: code, Chinese, English.
 */
const sections = `
A 农、林、牧、渔业 | Agriculture, forestry, animal husbandry and fishery
B 采矿业 | Mining
C 制造业 | Manufacturing
D 电力、热力、燃气及水生产和供应业 | Electricity, heat, gas and water
E 建筑业 | Construction
F 批发和零售业 | Wholesale and retail trade
G 交通运输、仓储和邮政业 | Transport, storage and post
H 住宿和餐饮业 | Accommodation and catering
I 信息传输、软件和信息技术服务业 | Information transmission, software and IT services
J 金融业 | Finance
K 房地产业 | Real estate
L 租赁和商务服务业 | Leasing and business services
M 科学研究和技术服务业 | Scientific research and technical services
N 水利、环境和公共设施管理业 | Water conservancy, environment and public facilities
O 居民服务、修理和其他服务业 | Household, repair and other services
P 教育 | Education
Q 卫生和社会工作 | Health and social work
R 文化、体育和娱乐业 | Culture, sports and entertainment
S 公共管理、社会保障和社会组织 | Public administration, social security and social organisations
T 国际组织 | International organisations
`;

const divisions = `
01 农业 | Crop farming
02 林业 | Forestry
03 畜牧业 | Animal husbandry
04 渔业 | Fishery
05 农、林、牧、渔专业及辅助性活动 | Support for agriculture, forestry, animal husbandry and fishery
06 煤炭开采和洗选业 | Mining and washing of coal
07 石油和天然气开采业 | Extraction of petroleum and natural gas
08 黑色金属矿采选业 | Mining of ferrous metal ores
09 有色金属矿采选业 | Mining of non-ferrous metal ores
10 非金属矿采选业 | Mining of non-metal ores
11 开采专业及辅助性活动 | Support for mining
12 其他采矿业 | Other mining
13 农副食品加工业 | Processing of farm products
14 食品制造业 | Food
15 酒、饮料和精制茶制造业 | Liquor, beverages and refined tea
16 烟草制品业 | Tobacco
17 纺织业 | Textiles
18 纺织服装、服饰业 | Garments and accessories
19 皮革、毛皮、羽毛及其制品和制鞋业 | Leather, fur, feathers and footwear
20 木材加工和木、竹、藤、棕、草制品业 | Timber, wood, bamboo, rattan, palm and straw products
21 家具制造业 | Furniture
22 造纸和纸制品业 | Paper and paper products
23 印刷和记录媒介复制业 | Printing and reproduction of recorded media
24 文教、工美、体育和娱乐用品制造业 | Articles for culture, education, arts, sports and entertainment
25 石油、煤炭及其他燃料加工业 | Processing of petroleum, coal and other fuels
26 化学原料和化学制品制造业 | Chemical raw materials and products
27 医药制造业 | Medicines
28 化学纤维制造业 | Chemical fibres
29 橡胶和塑料制品业 | Rubber and plastics
30 非金属矿物制品业 | Non-metallic mineral products
31 黑色金属冶炼和压延加工业 | Smelting and rolling of ferrous metals
32 有色金属冶炼和压延加工业 | Smelting and rolling of non-ferrous metals
33 金属制品业 | Metal products
34 通用设备制造业 | General-purpose machinery
35 专用设备制造业 | Special-purpose machinery
36 汽车制造业 | Automobiles
37 铁路、船舶、航空航天和其他运输设备制造业 | Railway, ships, aerospace and other transport equipment
38 电气机械和器材制造业 | Electrical machinery and apparatus
39 计算机、通信和其他电子设备制造业 | Computers, communication and other electronic equipment
40 仪器仪表制造业 | Measuring instruments
41 其他制造业 | Other manufacturing
42 废弃资源综合利用业 | Use of waste resources
43 金属制品、机械和设备修理业 | Repair of metal products, machinery and equipment
44 电力、热力生产和供应业 | Electricity and heat
45 燃气生产和供应业 | Gas
46 水的生产和供应业 | Water
47 房屋建筑业 | Construction of buildings
48 土木工程建筑业 | Civil engineering
49 建筑安装业 | Building installation
50 建筑装饰、装修和其他建筑业 | Building decoration and other construction
51 批发业 | Wholesale
52 零售业 | Retail
53 铁路运输业 | Railway transport
54 道路运输业 | Road transport
55 水上运输业 | Water transport
56 航空运输业 | Air transport
57 管道运输业 | Transport via pipeline
58 多式联运和运输代理业 | Multimodal transport and forwarding
59 装卸搬运和仓储业 | Loading, moving and storage
60 邮政业 | Post
61 住宿业 | Accommodation
62 餐饮业 | Catering
63 电信、广播电视和卫星传输服务 | Telecommunications, broadcasting and satellite transmission
64 互联网和相关服务 | Internet services
65 软件和信息技术服务业 | Software and IT services
66 货币金融服务 | Monetary and financial services
67 资本市场服务 | Capital markets
68 保险业 | Insurance
69 其他金融业 | Other finance
70 房地产业 | Real estate
71 租赁业 | Leasing
72 商务服务业 | Business services
73 研究和试验发展 | Research and development
74 专业技术服务业 | Professional technical services
75 科技推广和应用服务业 | Promotion and application of technology
76 水利管理业 | Water conservancy
77 生态保护和环境治理业 | Ecology and environment
78 公共设施管理业 | Public facilities
79 土地管理业 | Land management
80 居民服务业 | Household services
81 机动车、电子产品和日用产品修理业 | Repair of vehicles, electronics and household goods
82 其他服务业 | Other services
83 教育 | Education
84 卫生 | Health
85 社会工作 | Social work
86 新闻和出版业 | News and publishing
87 广播、电视、电影和录音制作业 | Radio, television, film and sound recording
88 文化艺术业 | Culture and arts
89 体育 | Sports
90 娱乐业 | Entertainment
91 中国共产党机关 | Organs of the Communist Party of China
92 国家机构 | Organs of state
93 人民政协、民主党派 | People's Political Consultative Conference and democratic parties
94 社会保障 | Social security
95 群众团体、社会团体和其他成员组织 | Mass and social organisations
96 基层群众自治组织及其他组织 | Local self-government and other organisations
97 国际组织 | International organisations
`;

/** The last division of each section. */
const lastOf: readonly (readonly [section: string, last: number])[] = [
  ['A', 5],
  ['B', 12],
  ['C', 43],
  ['D', 46],
  ['E', 50],
  ['F', 52],
  ['G', 60],
  ['H', 62],
  ['I', 65],
  ['J', 69],
  ['K', 70],
  ['L', 72],
  ['M', 75],
  ['N', 79],
  ['O', 82],
  ['P', 83],
  ['Q', 85],
  ['R', 90],
  ['S', 96],
  ['T', 97],
];

/** A code with its names. */
export interface CodeEntry {
  code: string;
  zh: string;
  en: string;
}

function entriesOf(lines: string): CodeEntry[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const blank = line.indexOf(' ');
      const [zh = '', en = ''] = line.slice(blank + 1).split(' | ');
      return { code: line.slice(0, blank), zh, en };
    });
}

export const industrySections: readonly CodeEntry[] = entriesOf(sections);
export const industryDivisions: readonly CodeEntry[] = entriesOf(divisions);

/** The section of a division; null for what is none. */
export function sectionOf(division: string): string | null {
  const number = Number(division);
  if (!/^\d{2}$/.test(division) || number < 1) return null;
  return lastOf.find(([, last]) => number <= last)?.[0] ?? null;
}

const names = new Map([...industrySections, ...industryDivisions].map((entry) => [entry.code, entry]));

/** A section or a division; undefined for what is none. */
export function industryOf(code: string): CodeEntry | undefined {
  return names.get(code);
}

/** The code and, for a section, those of its divisions: what is looked for where somebody asks for it. */
export function industryWithin(code: string): string[] {
  const below = industryDivisions.filter((entry) => sectionOf(entry.code) === code);
  return [code, ...below.map((entry) => entry.code)];
}
