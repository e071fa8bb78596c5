import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { sendMail } from './send-mail.js';

it('keeps no password that a hostile mail server repeats, however it was sent', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const line = chunk.toString('utf8').trim();
      if (line.startsWith('EHLO')) socket.write('250-test\r\n250 AUTH PLAIN\r\n');
      else if (line.startsWith('AUTH')) socket.write(`535 no: ${line}, hush-hush-9\r\n`);
      else socket.end('221 bye\r\n');
    });
    socket.write('220 test\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const from = {
      host: '127.0.0.1',
      port,
      security: 'none' as const,
      from: 'kezi@example.com',
      name: 'Kezi',
    };
    const mail = { to: 'a@example.com', subject: 'x', text: 'x', html: 'x' };
    const sent = await sendMail({ ...from, user: 'u', password: 'hush-hush-9' }, mail);
    expect(sent).toMatchObject({
      end: 'failed',
      status: 535,
      error: 'outbound.mail_refused',
      answer: '535 no: AUTH PLAIN ***, ***',
    });
  } finally {
    server.close();
  }
});
