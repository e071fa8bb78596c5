import type { IndustryKey } from '../industries.js';
import { permutation } from '../permutation.js';
import { mix, type RandomStream } from '../random.js';
import type { CompanyName } from './chinese-name.js';

export type ForeignCountry = 'US' | 'DE' | 'JP' | 'VN' | 'SG';

export interface ForeignCompany extends CompanyName {
  /** Region in Chinese, as our own people write it. */
  readonly place: string;
  readonly contact: string;
}

interface Tradition {
  readonly stems: readonly string[];
  readonly words: Record<IndustryKey, readonly string[]>;
  /** As the place stands in a company's name, and in Chinese. */
  readonly places: Readonly<Record<string, string>>;
  readonly contacts: readonly [given: readonly string[], family: readonly string[]];
  readonly contactOrder: 'given-first' | 'family-first';
  /** `place` is null the first time a (stem, word) pair is used. */
  readonly compose: (stem: string, word: string, place: string | null, variant: number) => string;
}

function stems(first: string, second: string, joint = ''): string[] {
  const result: string[] = [];
  for (const a of first.split(' '))
    for (const b of second.split(' ')) if (a.toLowerCase() !== b.toLowerCase()) result.push(a + joint + b);
  return result;
}

const english = {
  stems: stems(
    'Ash Black Bright Cedar Clear Cold Copper Eagle Elm Fair Fern Glen Green Haw High Iron Kings Lake Lang Maple Mill North Oak Pine Red Ridge Rock Silver Stone Thorn West White Wind Wood',
    'brook dale field ford gate ham haven hill hurst land ley mere mont port ridge shore stead ton vale view wick wood worth',
  ),
  words: {
    automation: ['Controls', 'Automation', 'Machine Works', 'Drive Systems', 'Tooling'],
    catering: ['Foods', 'Hospitality', 'Provisions', 'Kitchens', 'Grocers'],
    office: ['Office Supply', 'Data Systems', 'Software', 'Networks', 'Consulting'],
    medical: ['Medical', 'Dental Group', 'Diagnostics', 'Health Services', 'Surgical'],
  },
  contacts: [
    'James Mary Robert Linda Daniel Susan Kevin Laura Brian Emily Jason Nicole'.split(' '),
    'Harper Mitchell Brooks Reed Foster Hayes Coleman Porter Bennett Walsh Doyle Grant'.split(' '),
  ],
  contactOrder: 'given-first',
} as const satisfies Partial<Tradition>;

const placed = (place: string | null): string => (place === null ? '' : ` (${place})`);

const traditions: Record<ForeignCountry, Tradition> = {
  US: {
    ...english,
    places: {
      Ohio: '俄亥俄州',
      Texas: '得克萨斯州',
      Oregon: '俄勒冈州',
      Illinois: '伊利诺伊州',
      Georgia: '佐治亚州',
      Michigan: '密歇根州',
      Arizona: '亚利桑那州',
      Virginia: '弗吉尼亚州',
      Utah: '犹他州',
      Iowa: '艾奥瓦州',
    },
    compose: (stem, word, place, variant) =>
      `${stem} ${word}${placed(place)} ${variant % 3 === 0 ? 'LLC' : 'Inc.'}`,
  },
  SG: {
    ...english,
    places: {
      Jurong: '裕廊',
      Tuas: '大士',
      Woodlands: '兀兰',
      Changi: '樟宜',
      Bedok: '勿洛',
      Novena: '诺维娜',
      Punggol: '榜鹅',
      Serangoon: '实龙岗',
    },
    compose: (stem, word, place) => `${stem} ${word}${placed(place)} Pte. Ltd.`,
  },
  DE: {
    stems: stems(
      'Brenn Eich Falken Hagen Kalt Linden Neu Ober Rosen Schwarz Stein Tannen Unter Wald Wester Winter',
      'bach berg brück dorf feld hoff holz lohe mann reuth stedt thal',
    ),
    words: {
      automation: ['Antriebstechnik', 'Maschinenbau', 'Automation', 'Werkzeugbau', 'Steuerungstechnik'],
      catering: ['Feinkost', 'Gastronomie', 'Lebensmittel', 'Backwaren', 'Großküchen'],
      office: ['Bürotechnik', 'Datensysteme', 'Software', 'Netzwerke', 'Beratung'],
      medical: ['Medizintechnik', 'Dental', 'Labordiagnostik', 'Orthopädie', 'Klinikbedarf'],
    },
    places: {
      Bayern: '巴伐利亚州',
      Hessen: '黑森州',
      Sachsen: '萨克森州',
      Berlin: '柏林',
      Hamburg: '汉堡',
      Bremen: '不来梅',
      Thüringen: '图林根州',
      Saarland: '萨尔州',
    },
    contacts: [
      'Andreas Sabine Markus Petra Stefan Claudia Jürgen Katrin Tobias Anja'.split(' '),
      'Vogel Krämer Lorenz Busch Seidel Hartwig Pohl Brandt Ritter Kuhn'.split(' '),
    ],
    contactOrder: 'given-first',
    compose: (stem, word, place, variant) =>
      `${stem} ${word}${placed(place)} ${variant % 5 === 0 ? 'GmbH & Co. KG' : 'GmbH'}`,
  },
  JP: {
    stems: stems(
      '藤 北 南 西 東 大 小 高 長 浅 深 青 白 黒 石 松 竹 梅 柏 桐',
      '森 沢 岡 崎 原 野 川 井 塚 坂 浜 瀬 峰 村 倉 根',
    ),
    words: {
      automation: ['製作所', '精機', '電機工業', '機工', '制御システム'],
      catering: ['食品', 'フーズ', '製菓', '水産', '給食サービス'],
      office: ['情報システム', '事務機', 'ソフト', '商事', 'ネットワークス'],
      medical: ['メディカル', '医科器械', 'デンタル', '検査センター', 'ヘルスケア'],
    },
    places: {
      大阪: '大阪',
      名古屋: '名古屋',
      横浜: '横滨',
      福岡: '福冈',
      仙台: '仙台',
      広島: '广岛',
      神戸: '神户',
      札幌: '札幌',
    },
    contacts: [
      '健一 直樹 裕子 恵美 隆 真由美 和也 拓也 明子 達也'.split(' '),
      '藤森 石塚 浜崎 柏木 桐野 高瀬 北沢 白井 松浦 長峰'.split(' '),
    ],
    contactOrder: 'family-first',
    compose: (stem, word, place, variant) =>
      variant % 3 === 0 ? `${stem}${word}${place ?? ''}株式会社` : `株式会社${stem}${word}${place ?? ''}`,
  },
  VN: {
    stems: stems(
      'An Bảo Đại Gia Hải Hòa Hưng Kim Long Minh Nam Phú Tân Thành Việt',
      'An Bình Cường Đạt Hưng Khang Lộc Long Phát Quang Sơn Thịnh Tiến Vinh',
      ' ',
    ),
    words: {
      automation: ['Cơ Khí', 'Tự Động Hóa', 'Thiết Bị Điện', 'Khuôn Mẫu', 'Chế Tạo Máy'],
      catering: ['Thực Phẩm', 'Nhà Hàng', 'Thủy Sản', 'Bánh Kẹo', 'Dịch Vụ Ăn Uống'],
      office: ['Công Nghệ', 'Văn Phòng Phẩm', 'Phần Mềm', 'Viễn Thông', 'Tư Vấn'],
      medical: ['Thiết Bị Y Tế', 'Nha Khoa', 'Dược Phẩm', 'Xét Nghiệm', 'Chăm Sóc Sức Khỏe'],
    },
    places: {
      'Hà Nội': '河内',
      'Đà Nẵng': '岘港',
      'Bình Dương': '平阳',
      'Đồng Nai': '同奈',
      'Hải Phòng': '海防',
      'Bắc Ninh': '北宁',
      'Cần Thơ': '芹苴',
      'Long An': '隆安',
    },
    contacts: [
      'Anh Hùng Linh Tuấn Hương Dũng Mai Thảo Quân Trang'.split(' '),
      'Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ'.split(' '),
    ],
    contactOrder: 'family-first',
    compose: (stem, word, place) => `Công ty TNHH ${word} ${stem}${place === null ? '' : ` ${place}`}`,
  },
};

/** Names of companies abroad; unique for local numbers below stems x words x (places + 1), at least 9,000. */
export function foreignNames(country: ForeignCountry, industry: IndustryKey, seed: number) {
  const tradition = traditions[country];
  const words = tradition.words[industry];
  const combinations = tradition.stems.length * words.length;
  const order = permutation(combinations, mix(seed, combinations + industry.length));
  const places = Object.entries(tradition.places);
  return (local: number, stream: RandomStream): ForeignCompany => {
    const pair = order.forward(local % combinations);
    const turn = Math.floor(local / combinations);
    const stem = tradition.stems[Math.floor(pair / words.length)];
    const word = words[pair % words.length];
    const later = places[turn - 1];
    if (stem === undefined || word === undefined || (turn > 0 && later === undefined)) {
      throw new RangeError(`No unused name is left for ${country} (customer ${local}).`);
    }
    const [, place] = later ?? stream.pick(places);
    const given = stream.pick(tradition.contacts[0]);
    const family = stream.pick(tradition.contacts[1]);
    return {
      name: tradition.compose(stem, word, later?.[0] ?? null, pair),
      shortName: stem,
      place,
      contact: contactName(tradition, country, given, family),
    };
  };
}

function contactName(tradition: Tradition, country: ForeignCountry, given: string, family: string): string {
  if (tradition.contactOrder === 'given-first') return `${given} ${family}`;
  return country === 'JP' ? family + given : `${family} ${given}`;
}
