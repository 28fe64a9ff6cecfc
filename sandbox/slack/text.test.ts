import { slackText } from './text.ts';

const shown = (text: string): string => slackText(text, (id) => (id === 'U1' ? 'Claire' : id)).text;

describe('slackText', () => {
  it('shows marks, links and mentions as Slack does', () => {
    expect(shown('*gagné* _vite_ ~non~ `x < y`')).toBe(
      '<b>gagné</b> <i>vite</i> <s>non</s> <code>x &lt; y</code>',
    );
    expect(shown('<https://a.example/?a=1&amp;b=2|le deal>')).toBe(
      '<a href="https://a.example/?a=1&amp;b=2" rel="noreferrer noopener">le deal</a>',
    );
    expect(shown('<@U1> <!here>')).toBe(
      '<span class="mention">@Claire</span> <span class="mention">@here</span>',
    );
  });

  it('keeps stars that mark nothing, and entities as the signs they stand for', () => {
    expect(shown('2 * 3 * 4 et a*b*c')).toBe('2 * 3 * 4 et a*b*c');
    expect(shown('R&amp;D &lt;script&gt;')).toBe('R&amp;D &lt;script&gt;');
  });

  it('makes pictures of names between colons, and no marks of signs between joiners', () => {
    expect(shown(':tada: 1:100:5 :nothing:')).toBe('🎉 1💯5 :nothing:');
    expect(shown('\u2060*\u20603\u2060*\u2060 :\u2060100:')).toBe('\u2060*\u20603\u2060*\u2060 :\u2060100:');
  });

  it('makes no link of anything but web and mail addresses', () => {
    expect(shown('<javascript:alert(1)|go>')).toBe('&lt;javascript:alert(1)|go&gt;');
  });
});
