/** The text with full-width letters, digits and signs made half-width (NFKC) and outer blanks cut off. */
export function toPlainText(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0x7f) return text.normalize('NFKC').trim();
  }
  return text.trim();
}
