import type { NegotiationPack } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { minorDigits } from '@kezi/contract/currencies';
import PdfFile from 'pdfkit';
import { chineseFont } from './chinese-font.js';
import { packWords, type PackWord } from './pack-words.js';

const margin = 48;
const ink = '#1c2330';
const soft = '#5b6472';
const line = '#d5dae2';

/** A figure that is kept from the reader, or that nobody knows. */
const unknown = '—';

interface Pen {
  doc: PDFKit.PDFDocument;
  language: Language;
  words: ReturnType<typeof packWords>;
  /** A text with another in brackets; the full-width ones bring their room with them. */
  aside: (text: string, inside: string) => string;
  money: (minor: number | null) => string;
  /** Of one piece: cents tell a small one from the next. */
  price: (minor: number | null) => string;
  percent: (share: number | null) => string;
  number: (value: number | null, digits?: number) => string;
}

function penFor(doc: PDFKit.PDFDocument, language: Language, currency: string): Pen {
  const digits = minorDigits(currency);
  const format = (value: number, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat('en-US', options).format(value);
  const orUnknown = (value: number | null, text: (known: number) => string) =>
    value === null ? unknown : text(value);
  return {
    doc,
    language,
    words: packWords(language),
    aside: (text, inside) => (language === 'zh-CN' ? `${text}（${inside}）` : `${text} (${inside})`),
    money: (minor) => orUnknown(minor, (known) => format(known / 10 ** digits, { maximumFractionDigits: 0 })),
    price: (minor) =>
      orUnknown(minor, (known) =>
        format(known / 10 ** digits, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      ),
    percent: (share) =>
      orUnknown(share, (known) =>
        format(known, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
      ),
    number: (value, most = 0) => orUnknown(value, (known) => format(known, { maximumFractionDigits: most })),
  };
}

/** Room for so many points, or a new page. */
function keepTogether({ doc }: Pen, height: number): void {
  if (doc.y + height > doc.page.height - margin) doc.addPage();
}

function heading(pen: Pen, word: PackWord): void {
  const { doc, words } = pen;
  keepTogether(pen, 60);
  doc.moveDown(0.8).fontSize(12).fillColor(ink).text(words.say(word), margin);
  doc
    .moveTo(margin, doc.y + 2)
    .lineTo(doc.page.width - margin, doc.y + 2)
    .lineWidth(0.5)
    .strokeColor(line)
    .stroke();
  doc.moveDown(0.4).fontSize(9.5);
}

function paragraph({ doc }: Pen, text: string, colour = ink): void {
  doc.fillColor(colour).text(text, margin, doc.y, { width: doc.page.width - 2 * margin });
}

/** Rows of cells; the first column takes what the others leave. */
function table(
  pen: Pen,
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  hasHeader = true,
): void {
  const { doc } = pen;
  const first = doc.page.width - 2 * margin - widths.reduce((sum, width) => sum + width, 0);
  const columns = [first, ...widths];
  for (const [place, row] of rows.entries()) {
    const heights = row.map((cell, i) => doc.heightOfString(cell, { width: (columns[i] ?? first) - 6 }));
    const height = Math.max(...heights) + 3;
    keepTogether(pen, height);
    const { y } = doc;
    let x = margin;
    for (const [i, cell] of row.entries()) {
      const width = columns[i] ?? first;
      doc
        .fillColor(place === 0 && hasHeader ? soft : ink)
        .text(cell, x, y, { width: width - 6, align: i === 0 ? 'left' : 'right' });
      x += width;
    }
    doc.y = y + height;
  }
}

function pairs(pen: Pen, rows: readonly (readonly [PackWord, string])[]): void {
  table(
    pen,
    rows.map(([word, text]) => [pen.words.say(word), text]),
    [230],
    false,
  );
}

function drawValue(pen: Pen, pack: NegotiationPack): void {
  const { score, year } = pack;
  const { money, percent, number } = pen;
  const digits = 10 ** minorDigits(pack.currency);
  const rate = (margin: number | null, amount: number | null) =>
    margin === null || amount === null || amount <= 0 ? null : margin / amount;
  heading(pen, 'value');
  // A figure that is kept from the reader is null here, whatever its type says.
  const clv = (value: number | null | undefined) => money(typeof value === 'number' ? value * digits : null);
  pairs(pen, [
    [
      'clv',
      score === null || typeof score.clv !== 'number'
        ? unknown
        : pen.aside(clv(score.clv), `${clv(score.clvLow)} – ${clv(score.clvHigh)}`),
    ],
    ['alive', percent(score?.pAlive ?? null)],
  ]);
  heading(pen, 'year');
  const { say } = pen.words;
  table(
    pen,
    [
      ['', say('year'), say('before')],
      [say('orders'), number(year.orders), ''],
      [say('amount'), money(year.amountMinor), money(year.amountBeforeMinor)],
      [
        say('margin'),
        percent(rate(year.marginMinor, year.amountMinor)),
        percent(rate(year.marginBeforeMinor, year.amountBeforeMinor)),
      ],
      [say('service'), money(year.serviceMarginMinor), ''],
    ],
    [110, 110],
  );
}

function drawWalkAway(pen: Pen, { walkAway }: NegotiationPack): void {
  const { percent, words } = pen;
  heading(pen, 'walkAway');
  if (walkAway === null) return paragraph(pen, words.say('unknown'), soft);
  pairs(pen, [
    ['breakEven', percent(walkAway.marginBreakEvenRate)],
    ['floor', percent(walkAway.marginFloorRate)],
    ['ceiling', percent(walkAway.ceilingRate)],
    ['stake', percent(walkAway.clvStake)],
  ]);
  paragraph(pen, words.say('reasoning'), soft);
}

function drawMoney(pen: Pen, { payments, products, contracts, currency }: NegotiationPack): void {
  const { money, price, percent, number, words } = pen;
  const { say } = words;
  heading(pen, 'payments');
  pairs(pen, [
    ['open', money(payments.openMinor)],
    ['overdue', money(payments.overdueMinor)],
    ['oldest', number(payments.oldestDays)],
    ['delay', number(payments.meanDelayDays, 1)],
    ['late', percent(payments.lateShare)],
  ]);
  heading(pen, 'products');
  if (products.length === 0) paragraph(pen, say('none'), soft);
  else {
    const header = ['', say('amount'), say('share'), say('priceBefore'), say('price'), say('change')];
    const rows = products.map(({ name, amountMinor, share, priceBeforeMinor, priceMinor, priceChange }) => [
      name,
      money(amountMinor),
      percent(share),
      price(priceBeforeMinor),
      price(priceMinor),
      percent(priceChange),
    ]);
    table(pen, [header, ...rows], [80, 50, 65, 65, 55]);
  }
  heading(pen, 'contracts');
  if (contracts.length === 0) paragraph(pen, say('none'), soft);
  for (const contract of contracts) {
    const { contractNo, title, stage, startsOn, endsOn, minimumMinor, paymentDays, terms } = contract;
    const inBase = contract.currency === currency ? '' : ` ${contract.currency}`;
    paragraph(
      pen,
      [pen.aside(title, contractNo), words.stage(stage), `${startsOn} – ${endsOn ?? unknown}`].join(' · '),
    );
    paragraph(
      pen,
      `${say('minimum')} ${money(minimumMinor)}${inBase} · ${say('paymentDays', { days: number(paymentDays) })}${terms === null ? '' : ` · ${terms.slice(0, 400)}`}`,
      soft,
    );
  }
}

function drawPeople(pen: Pen, { warnings, notes, contacts, interactions, currency }: NegotiationPack): void {
  const { words } = pen;
  const minorUnit = 10 ** minorDigits(currency);
  const { say } = words;
  const list = (word: PackWord, texts: readonly string[]): void => {
    heading(pen, word);
    if (texts.length === 0) paragraph(pen, say('none'), soft);
    for (const text of texts) {
      keepTogether(pen, 14);
      paragraph(pen, text);
    }
  };
  list(
    'warnings',
    warnings.map(({ detectorId, raisedOn, dueOn, play, valueAtRisk }) =>
      [
        words.detector(detectorId),
        // A figure that is kept from the reader is null here, whatever its type says.
        `${say('atRisk')} ${pen.money(typeof valueAtRisk === 'number' ? valueAtRisk * minorUnit : null)}`,
        say('raisedAndDue', { raisedOn, dueOn }),
        play ?? '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ),
  );
  list(
    'needs',
    notes.map(({ kind, title, sharePercent, notedOn, detail }) =>
      [say(kind), title, sharePercent === null ? '' : `${sharePercent}%`, notedOn, detail ?? '']
        .filter((part) => part !== '')
        .join(' · '),
    ),
  );
  list(
    'contacts',
    contacts.map(({ name, title, decisionRole, influence, attitude }) =>
      [
        name,
        title ?? '',
        words.role(decisionRole),
        influence === null ? '' : `${say('influence')} ${influence}`,
        attitude === null ? '' : `${say('attitude')} ${attitude > 0 ? '+' : ''}${attitude}`,
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ),
  );
  list(
    'talks',
    interactions.map(({ on, summary }) => `${on} ${summary.replaceAll(/\s+/g, ' ')}`),
  );
}

/** Whose page it is and which of how many, below what is written: a printed pack falls apart. */
function numberPages(doc: PDFKit.PDFDocument): void {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page);
    // Below the margin text would begin a new page.
    doc.page.margins.bottom = 0;
    doc
      .fontSize(8)
      .fillColor(soft)
      .text(`${page + 1} / ${count}`, margin, doc.page.height - margin + 16, {
        width: doc.page.width - 2 * margin,
        align: 'right',
        lineBreak: false,
      });
  }
}

/** The pack as a PDF of A4 pages; what is null is drawn as a dash. */
export async function drawPack(pack: NegotiationPack, language: Language): Promise<Buffer> {
  const { name, customerNo, today, currency, ownerName, tierName } = pack;
  const { say } = packWords(language);
  const doc = new PdfFile({
    size: 'A4',
    margin,
    bufferPages: true,
    info: { Title: `${say('title')} ${name}` },
  });
  doc.font(await chineseFont());
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => doc.once('end', resolve).once('error', reject));
  const pen = penFor(doc, language, currency);
  doc
    .fontSize(18)
    .fillColor(ink)
    .text(`${say('title')}${language === 'zh-CN' ? '：' : ': '}${name}`);
  doc.fontSize(9.5);
  const about = [
    customerNo,
    `${say('owner')} ${ownerName ?? unknown}`,
    `${say('tier')} ${tierName ?? unknown}`,
  ];
  paragraph(pen, about.join(' · '), soft);
  paragraph(pen, say('made', { today, currency }), soft);
  drawValue(pen, pack);
  drawWalkAway(pen, pack);
  drawMoney(pen, pack);
  drawPeople(pen, pack);
  numberPages(doc);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}
