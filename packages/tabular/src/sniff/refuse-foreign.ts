import { CodedError } from '@kezi/contract/errors';

/** What the first bytes say a file is, where that is not delimited text. */
type Container = 'zip' | 'parquet' | null;

const SIGNATURES: readonly { bytes: number[]; format: string }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], format: 'PDF' },
  { bytes: [0x52, 0x61, 0x72, 0x21], format: 'RAR' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], format: '7z' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], format: 'PNG' },
  { bytes: [0xff, 0xd8, 0xff], format: 'JPEG' },
  { bytes: [0x47, 0x49, 0x46, 0x38], format: 'GIF' },
  { bytes: [0x42, 0x5a, 0x68], format: 'bzip2' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], format: 'xz' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], format: 'zstd' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], format: 'SQLite' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], format: 'ELF' },
  { bytes: [0x4d, 0x5a, 0x90], format: 'EXE' },
];

/** Tells workbooks and Parquet from text, and refuses what is neither with the name of what it is. */
export function refuseForeign(bytes: Buffer): Container {
  const starts = (signature: readonly number[]) => signature.every((byte, at) => bytes[at] === byte);
  if (starts([0x50, 0x4b, 0x03, 0x04])) return 'zip';
  if (starts([0x50, 0x41, 0x52, 0x31])) return 'parquet';
  // The footer of this one is encrypted too; where only columns are, the engine finds out.
  if (starts([0x50, 0x41, 0x52, 0x45])) throw new CodedError('tabular.parquet_encrypted', {});
  if (starts([0xd0, 0xcf, 0x11, 0xe0])) throw oldOffice(bytes);
  const foreign = SIGNATURES.find((signature) => starts(signature.bytes));
  if (foreign !== undefined) throw new CodedError('tabular.unsupported_format', { format: foreign.format });
  if (
    /^\s*(<!doctype html|<html|<table|<\?xml)/i.test(
      bytes.subarray(0, 512).toString('latin1').replace('ï»¿', ''),
    )
  ) {
    throw new CodedError('tabular.html_file', {});
  }
  return null;
}

/** Password-protected workbooks and old .xls files share this container. */
function oldOffice(bytes: Buffer): CodedError {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? new CodedError('tabular.workbook_encrypted', {})
    : new CodedError('tabular.unsupported_format', { format: 'XLS' });
}

/** So many in a short file are row errors, not another kind of file. */
const FEW_CONTROLS = 8;

/** Text holds few control characters; more than 5 in 100 of the sample are a program or a picture. */
export function refuseBinary(text: string): void {
  let control = 0;
  const size = Math.min(text.length, 64 << 10);
  for (let at = 0; at < size; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 9 || (code > 13 && code < 32) || code === 127) control += 1;
  }
  if (control > FEW_CONTROLS && control > size * 0.05) throw new CodedError('tabular.binary_file', {});
}
