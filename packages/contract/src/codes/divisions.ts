import { cityLines } from './city-lines.js';

/*
 * GB/T 2260: the 34 divisions at the level of a province and the 333 at the level of a prefecture (cities, 盟, 地区, 自治州). Six
 * digits; a province ends in 0000, a prefecture in 00. Counties are not listed; a county's code may be kept by its first four digits.
 * A line: code, Chinese, English.
 */
const provinceLines = `
11 北京市 Beijing
12 天津市 Tianjin
13 河北省 Hebei
14 山西省 Shanxi
15 内蒙古自治区 Inner Mongolia
21 辽宁省 Liaoning
22 吉林省 Jilin
23 黑龙江省 Heilongjiang
31 上海市 Shanghai
32 江苏省 Jiangsu
33 浙江省 Zhejiang
34 安徽省 Anhui
35 福建省 Fujian
36 江西省 Jiangxi
37 山东省 Shandong
41 河南省 Henan
42 湖北省 Hubei
43 湖南省 Hunan
44 广东省 Guangdong
45 广西壮族自治区 Guangxi
46 海南省 Hainan
50 重庆市 Chongqing
51 四川省 Sichuan
52 贵州省 Guizhou
53 云南省 Yunnan
54 西藏自治区 Tibet
61 陕西省 Shaanxi
62 甘肃省 Gansu
63 青海省 Qinghai
64 宁夏回族自治区 Ningxia
65 新疆维吾尔自治区 Xinjiang
71 台湾省 Taiwan
81 香港特别行政区 Hong Kong
82 澳门特别行政区 Macao
`;

/** A division with its names; `province` is the code of the province it lies in, its own for a province. */
export interface DivisionEntry {
  code: string;
  zh: string;
  en: string;
  province: string;
}

function entriesOf(lines: string): DivisionEntry[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [digits = '', zh = '', ...en] = line.split(' ');
      return {
        code: digits.padEnd(6, '0'),
        zh,
        en: en.join(' '),
        province: `${digits.slice(0, 2)}0000`,
      };
    });
}

export const provinces: readonly DivisionEntry[] = entriesOf(provinceLines);
const cities = entriesOf(cityLines);
const known = new Map([...provinces, ...cities].map((entry) => [entry.code, entry]));

/** The cities and prefectures of a province; none for a municipality and for Taiwan, Hong Kong and Macao. */
export function citiesOf(province: string): DivisionEntry[] {
  return cities.filter((city) => city.province === province);
}

/** A province or a prefecture; undefined for what is none. */
export function divisionOf(code: string): DivisionEntry | undefined {
  return known.get(code);
}

/** The code and, for a province, those of its cities: what is looked for where somebody asks for it. */
export function divisionsWithin(code: string): string[] {
  const below = known.get(code)?.province === code ? citiesOf(code) : [];
  return [code, ...below.map((city) => city.code)];
}
