import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Seals what must be read again (a hash would not do), and signs what others carry for us. */
export interface SecretBox {
  seal: (text: string) => string;
  /** Null for what another data folder sealed, or somebody changed. */
  open: (sealed: string) => string | null;
  sign: (text: string) => string;
  isSigned: (text: string, signature: string) => boolean;
  /** What an erased person is known again by. */
  mark: (text: string) => string;
  /** All marks that a text may have been given: here, or in the folders whose backups were restored here. */
  marks: (text: string) => string[];
  /** What a backup takes along, so that who was erased stays known where it is restored. */
  markKeys: readonly string[];
}

const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM and HMAC-SHA-256, with keys of their own out of the secret of the data folder.
 * @param carriedKeys of marks, from restored backups
 */
export function makeSecretBox(secret: string, carriedKeys: readonly string[] = []): SecretBox {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'kezi', purpose, 32));
  const sealing = keyFor('sealing');
  const signing = keyFor('signing');
  const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const sign = (text: string) => hmac(signing, text);
  const marking = keyFor('marking');
  const markKeys = [...new Set([marking.toString('base64url'), ...carriedKeys])];
  return {
    sign,
    mark: (text) => hmac(marking, text),
    // The first marks were made with the key that signs.
    marks: (text) => [...markKeys.map((key) => hmac(Buffer.from(key, 'base64url'), text)), sign(text)],
    markKeys,
    isSigned(text, signature) {
      const [given, wanted] = [Buffer.from(signature), Buffer.from(sign(text))];
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
    seal(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < nonceBytes + tagBytes) return null;
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const body = decipher.update(bytes.subarray(nonceBytes + tagBytes));
      try {
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        // The tag does not fit: another key, or a changed byte. There is nothing more to be learned from it.
        return null;
      }
    },
  };
}
