import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** A mail server on this machine that takes everything and keeps it. Closed after the test file. */
export async function mailPlace() {
  const mails: string[] = [];
  const state = { refuses: false };
  const talk = (socket: Socket) => {
    let text = '';
    let isData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 test');
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      for (let end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n'); end >= 0;) {
        const line = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          mails.push(line);
          say('250 kept');
        } else if (line === 'DATA') {
          isData = true;
          say('354 go on');
        } else if (line === 'QUIT') {
          say('221 bye');
          socket.end();
        } else if (state.refuses && line.startsWith('RCPT')) say('550 nobody of that name');
        else say('250 ok');
        end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n');
      }
    });
  };
  const server = createServer(talk);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  /** The text of a mail as its reader sees it: base64 and quoted-printable undone. */
  const decoded = (part: string) => {
    const [head = ''] = part.split('\r\n--');
    if (/^[A-Za-z0-9+/=\r\n]+$/.test(head)) return Buffer.from(head, 'base64').toString('utf8');
    const letters = part
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    return Buffer.from(letters, 'latin1').toString('utf8');
  };
  const readable = (mail: string) =>
    mail
      .split(/\r\n\r\n/)
      .map(decoded)
      .join('\n');
  return {
    port: (server.address() as AddressInfo).port,
    mails: () => mails.map(readable),
    refuses: (does: boolean) => {
      state.refuses = does;
    },
  };
}
