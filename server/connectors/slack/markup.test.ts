import { slackText } from '../../../sandbox/slack/text.ts';
import { literal, readable } from './markup.ts';

const seen = (text: string): string => text.replaceAll('\u2060', '');
/** As the workspace's page shows it: its HTML would tell of marks and mentions. */
const shown = (markup: string): string => seen(slackText(markup, (id) => id).text);

it.each([
  'Refonte site vitrine',
  'R-D 2026 / Lyon',
  'Phase 2: suite',
  '10:30',
  'Zoé Lefèvre',
  '50 %',
  "L'Été",
  '',
])('an ordinary text stands as it is: %s', (text) => {
  expect(literal(text)).toBe(text);
});

it('three signs are written as entities, each once', () => {
  const name = '<!channel> R&D <@U012ABC> <https://evil.example|Facture> &amp;';
  expect(literal(name)).toBe(
    '&lt;!channel&gt; R&amp;D &lt;@U012ABC&gt; &lt;https://evil.example|Facture&gt; &amp;amp;',
  );
  expect(literal('A > B & C')).toBe('A &gt; B &amp; C');
  expect(literal('@here @channel Marie')).toBe('@here @channel Marie');
});

it.each([
  'Lot *3* _bis_ ~annulé~ `rm -rf`',
  '__init__ 2 * 3 * 4',
  '**gras** ```bloc```',
  '*',
  '_a_b_',
  '> cité',
  'un\n> deux',
  'Ratio 1:100:5 :warning:',
  ':+1::tada:',
  '<@U1> *x*',
])('a value is read with its signs, and formats nothing: %s', (text) => {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  expect(shown(literal(text))).toBe(plain);
  expect(seen(readable(literal(text)))).toBe(text);
  expect(literal(text)).not.toMatch(/:[a-z0-9_+'-]+:/);
  expect(literal(text)).not.toMatch(/^&gt;/m);
});

it('control characters and half letters go, line breaks stay', () => {
  expect(literal('a\u0000b\u0007\u001b[0m\tc\r\nd\ud83d')).toBe('ab[0m\tc\nd\ufffd');
});

it('a look at a message shows what its markup makes of it', () => {
  expect(readable('*Gagné* <https://x.example/a|le deal> _vite_ R&amp;D 2 * 3')).toBe(
    'Gagné le deal vite R&D 2 * 3',
  );
});
