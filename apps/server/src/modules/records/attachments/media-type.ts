import { CodedError } from '@kezi/contract/errors';

/*
 * What a file is, by its first bytes and never by its name. Only kinds that hold no script a browser would run are taken; they
 * leave the server as downloads in any case.
 */

const signatures: readonly { type: string; bytes: readonly number[]; at?: number }[] = [
  { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', bytes: [0x57, 0x45, 0x42, 0x50], at: 8 },
  { type: 'application/zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  // Word, Excel and PowerPoint before 2007.
  { type: 'application/x-ole-storage', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
];

/** Office documents are ZIP archives; the name says which, and the content that it may be one. */
const officeTypes: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** What makes of a text a page or a picture with scripts, wherever in its beginning it stands. */
const markup = /<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|[a-z]+:svg)\b/i;

/** How many bytes are looked at: comments and blanks may stand before what a browser would run. */
export const headLength = 65_536;

function textOf(head: Buffer): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head);
  if (head.includes(0)) return null;
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      // The last character may be cut in two.
      return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return null;
}

/**
 * @param head the first bytes of the file, up to `headLength`
 * @throws CodedError files.empty, files.type_refused, files.unknown_type
 */
export function mediaTypeOf(head: Buffer, name: string): string {
  if (head.length === 0) throw new CodedError('files.empty', { name });
  const found = signatures.find(({ bytes, at = 0 }) => bytes.every((byte, i) => head[at + i] === byte));
  if (found?.type === 'application/zip') {
    const ending = /\.(\w+)$/.exec(name.toLowerCase())?.[1] ?? '';
    return officeTypes[ending] ?? found.type;
  }
  if (found) return found.type;
  const text = textOf(head);
  if (text === null) throw new CodedError('files.unknown_type', { name });
  if (markup.test(text)) {
    const type = /<\s*(?:[a-z]+:)?svg\b/i.test(text) ? 'SVG' : 'HTML';
    throw new CodedError('files.type_refused', { name, type });
  }
  return 'text/plain';
}
