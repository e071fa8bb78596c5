/**
 * Words that open lists of stolen passwords, here and in the world, with the product's own. A password that is one of them
 * with figures or signs around it is guessed among the first thousand, however long it is.
 */
const commonWords = new Set(
  `password passwort passw passwd mypassword letmein welcome login admin administrator root user guest test testing
   default master superuser system manager secret private changeme change newpass pass temp demo sample example
   qwerty qwertyuiop qwertyui asdf asdfgh asdfghjkl asdfghjk zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc poiuytrewq
   iloveyou ilove loveyou lovely love forever princess prince sunshine moonlight rainbow flower butterfly angel
   monkey dragon tiger lion panda rabbit kitty puppy chocolate banana orange apple cookie cheese pepper coffee
   football baseball basketball soccer hockey tennis golf arsenal liverpool chelsea barcelona juventus
   superman batman spiderman starwars pokemon naruto doraemon hellokitty mickey minnie
   michael jennifer jessica ashley daniel thomas andrew joshua charlie george william robert david
   summer winter spring autumn january february march april june july august september october november december
   monday tuesday wednesday thursday friday saturday sunday
   computer internet windows microsoft google facebook twitter linkedin samsung iphone android huawei xiaomi
   shadow killer hunter ranger warrior wizard ninja pirate samurai soldier trustno whatever freedom nothing something
   woaini woaiwojia woaizhongguo wozuishuai wodemima mima wangluo diannao zhongguo beijing shanghai guangzhou shenzhen
   nihao nihaoma xiaoming xiaohong zhangsan lisi wangwu zhangwei wangfang laopo laogong baobei baobao qinai
   woaibaba woaimama mamababa jintian mingtian kaixin xingfu facai gongxifacai fuguijixiang
   kezi kehuzichan crm sales customer customers company business office work account money dollar
   hello helloworld goodbye thankyou please sesame opensesame access security computer1 server database oracle mysql
   postgres sqlserver redhat ubuntu debian linux unix cisco router firewall hacker hacked`.split(/\s+/),
);

const keyboardRows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz'];

export type PasswordFault = 'common' | 'name' | 'pattern' | 'digits';

/** What a person types for letters: full width, capitals and the usual figures in their place. */
function plain(text: string): string {
  const figures: Record<string, string> = {
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '@': 'a',
    $: 's',
  };
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[01345@$]/g, (sign) => figures[sign] ?? sign);
}

const core = (text: string) => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** One sign, or a short piece, over and over; or a walk along the keyboard or the alphabet. */
function isPattern(text: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/u.test(text)) return true;
  const walks = keyboardRows.flatMap((row) => [row, Array.from(row).reverse().join('')]);
  let covered = 0;
  for (let at = 0; at < text.length;) {
    const longest = walks.reduce((best, row) => {
      let length = 0;
      while (at + length < text.length && row.includes(text.slice(at, at + length + 1))) length += 1;
      return Math.max(best, length);
    }, 0);
    if (longest >= 4) covered += longest;
    at += Math.max(1, longest);
  }
  return covered >= text.length - 2;
}

/** Pieces of a name or an address that are long enough to be recognised. */
function piecesOf(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => [text, ...text.split(/[\s.@_+-]+/)])
    .map((piece) => piece.normalize('NFKC').toLowerCase())
    .filter((piece) => Array.from(piece).length >= (/\p{Script=Han}/u.test(piece) ? 2 : 4));
}

/** What is common to every address says nothing of its owner. */
const ofEveryAddress = new Set(['example', 'mail', 'company', 'gmail', 'outlook', 'hotmail', 'com.cn']);

/**
 * Why a password that is long enough is refused all the same; null when it is not.
 * @param names what the person and the company are called, and the person's address
 */
export function passwordFault(password: string, names: readonly string[]): PasswordFault | null {
  const typed = password.normalize('NFKC').toLowerCase();
  if (/^\d{1,15}$/.test(typed)) return 'digits';
  if (isPattern(typed)) return 'pattern';
  if (commonWords.has(core(typed)) || commonWords.has(plain(core(typed)))) return 'common';
  const pieces = piecesOf(names).filter((piece) => !ofEveryAddress.has(piece));
  if (pieces.some((piece) => typed.includes(piece) || plain(typed).includes(plain(piece)))) return 'name';
  return null;
}
