import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from './media-type.js';

const bytes = (...values: number[]) => Buffer.from(values);

describe('what a file is', () => {
  it.each([
    [Buffer.from('%PDF-1.7 ...'), 'contract.pdf', 'application/pdf'],
    [Buffer.from('%PDF-1.7 <script>'), 'harmless.svg', 'application/pdf'],
    [bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'a.png', 'image/png'],
    [bytes(0xff, 0xd8, 0xff, 0xe0), 'a.jpg', 'image/jpeg'],
    [Buffer.from('RIFF1234WEBPVP8 '), 'a.webp', 'image/webp'],
    [
      Buffer.from('PK\u0003\u0004...'),
      'a.docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    [Buffer.from('PK\u0003\u0004...'), 'a.svg', 'application/zip'],
    [Buffer.from('第一条 付款方式'), '合同.txt', 'text/plain'],
    [Buffer.from('b5dad2bbccf5', 'hex'), 'gb18030.txt', 'text/plain'],
    [Buffer.from('a < b and c > d'), 'sums.txt', 'text/plain'],
  ])('is told by its content: %#', (head, name, type) => {
    expect(mediaTypeOf(head, name)).toBe(type);
  });

  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">', 'SVG'],
    ['<?xml version="1.0"?><!-- a --><svg>', 'SVG'],
    ['\u{FEFF}  <x:svg xmlns:x="http://www.w3.org/2000/svg">', 'SVG'],
    ['<!DOCTYPE html><p>', 'HTML'],
    [`${' '.repeat(5000)}<ScRiPt src=x>`, 'HTML'],
    ['hello < html >', 'HTML'],
  ])('is refused where a browser would run it: %#', (text, type) => {
    const refused = expect.objectContaining({ code: 'files.type_refused', params: { name: 'a.png', type } });
    expect(() => mediaTypeOf(Buffer.from(text), 'a.png')).toThrow(refused);
    const wide = Buffer.concat([bytes(0xff, 0xfe), Buffer.from(text.replace('\u{FEFF}', ''), 'utf16le')]);
    expect(() => mediaTypeOf(wide, 'a.png')).toThrow(refused);
  });

  it('is refused where nobody knows it, or where there is none', () => {
    expect(() => mediaTypeOf(bytes(0x4d, 0x5a, 0x90, 0x00), 'setup.exe')).toThrow(
      expect.objectContaining({ code: 'files.unknown_type' }),
    );
    expect(() => mediaTypeOf(Buffer.alloc(0), 'a.pdf')).toThrow(
      expect.objectContaining({ code: 'files.empty' }),
    );
  });
});
