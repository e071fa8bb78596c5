import type { Readable } from 'node:stream';

import { CodedError } from '@kezi/contract/errors';
import { SaxesParser } from 'saxes';

import { broken } from './open-workbook.js';

interface XmlHandlers {
  open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  close: (name: string) => void;
  text: (text: string) => void;
}

/**
 * Feeds XML to the handlers, a piece of the stream at a time; yields after each piece so that the caller can hand on rows
 * and stop. Names come without their prefix. A document type (and so any entity of its own) is refused.
 */
export async function* parseXml(stream: Readable, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  parser.on('doctype', () => {
    throw new CodedError('tabular.workbook_entities', {});
  });
  parser.on('error', (error) => {
    throw broken(error);
  });
  parser.on('opentag', (tag) => handlers.open(localName(tag.name), tag.attributes));
  parser.on('closetag', (tag) => handlers.close(localName(tag.name)));
  parser.on('text', (text) => handlers.text(text));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      parser.write(decoder.decode(piece, { stream: true }));
      yield;
    }
    parser.write(decoder.decode());
    parser.close();
    yield;
  } catch (error) {
    throw broken(error);
  } finally {
    stream.destroy();
  }
}

/** Reads a small part to its end. */
export async function parseWholeXml(stream: Readable, handlers: XmlHandlers): Promise<void> {
  for await (const _ of parseXml(stream, handlers)) continue;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
