import { harmlessHtml, textOfMail } from './mail-text.ts';

describe('the HTML of a mail', () => {
  it('keeps its text, its layout and links that only lead somewhere', () => {
    expect(
      harmlessHtml(
        '<html><head><title>x</title><style>p{}</style></head><body><p style="color:red" onclick="x()">Bonjour <b>Anne</b>,<br>voir <a href="https://atelier.example/?a=1&amp;b=2" target="_blank">ici</a></p></body></html>',
      ),
    ).toBe('<p>Bonjour <b>Anne</b>,<br>voir <a href="https://atelier.example/?a=1&amp;b=2">ici</a></p>');
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script that is never closed', '<p>ok</p><script>alert(1)'],
    ['a script in a script', '<scr<script>ipt>alert(1)</scr</script>ipt>'],
    ['an event', '<p onmouseover="alert(1)">ok</p>'],
    ['an event without quotation marks', '<p onmouseover=alert(1)>ok</p>'],
    ['a picture that fails', '<img src=x onerror=alert(1)>'],
    ['a drawing', '<svg onload=alert(1)><script>alert(1)</script></svg>'],
    [
      'a formula',
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
    ],
    ['a frame', '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
    ['an object', '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">'],
    [
      'a form',
      '<form action="https://evil.example"><input name=p type=password><button formaction="javascript:alert(1)">ok</button></form>',
    ],
    ['another base', '<base href="https://evil.example/"><a href="/x">ok</a>'],
    ['a refresh', '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">'],
    [
      'a style sheet',
      '<link rel="stylesheet" href="https://evil.example/x.css"><style>@import "https://evil.example"</style>',
    ],
    ['a picture that tells it was read', '<img src="https://evil.example/pixel.gif?anne">'],
    [
      'a background',
      '<table background="https://evil.example/x"><tr><td style="background:url(https://evil.example)">ok</td></tr></table>',
    ],
    [
      'a link that acts',
      '<a href="javascript:alert(1)">ok</a><a href=" JaVaScRiPt:alert(1)">ok</a><a href="java\tscript:alert(1)">ok</a>',
    ],
    ['a link with data', '<a href="data:text/html,<script>alert(1)</script>">ok</a>'],
    ['a condition', '<!--[if mso]><script>alert(1)</script><![endif]-->ok'],
    ['a declaration', '<![CDATA[<script>alert(1)</script>]]>'],
    ['a word within a word', '<p title="--><script>alert(1)</script>">ok</p>'],
    ['a tag of nobody', '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'],
  ])('has nothing of %s', (_, html) => {
    const clean = harmlessHtml(html);
    // Of tags there is nothing but those of the list, and of attributes nothing but where a link leads.
    expect(
      clean.replace(/<\/?(?:p|b|br|a|table|thead|tbody|tr|td|div)>|<a href="https?:[^"<>]*">/g, ''),
    ).not.toMatch(/[<>]/);
    expect(clean).not.toMatch(/evil\.example|javascript:|onerror|onload|onmouseover/i);
  });

  it('shows signs as signs, and never as tags', () => {
    expect(harmlessHtml('&lt;script&gt;alert(1)&lt;/script&gt; & "x"')).toBe(
      '&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;',
    );
    expect(textOfMail('&lt;b&gt; &eacute; &#128512;')).toBe('<b> é 😀');
  });

  it('closes what it opens, however it was written', () => {
    for (const html of [
      '<p><b>a</p></b>',
      '</p></div>a',
      '<table><tr><td>a',
      '<p>a<p>b',
      '<ul><li>a<li>b</ul>',
    ]) {
      const clean = harmlessHtml(html);
      const opened = [...clean.matchAll(/<(\w+)[^>]*>/g)].map(([, tag]) => tag).filter((tag) => tag !== 'br');
      expect(opened).toHaveLength([...clean.matchAll(/<\/\w+>/g)].length);
    }
  });

  it.each([
    ['a long text', `<p>${'é'.repeat(2_000_000)}</p>`],
    ['a million tags that are never closed', '<b>'.repeat(600_000)],
    ['tags in tags', `${'<div>'.repeat(300_000)}a${'</div>'.repeat(300_000)}`],
    ['signs that begin a tag', '<'.repeat(2_000_000)],
    ['an attribute without an end', `<a href="${'x'.repeat(2_000_000)}`],
    ['a comment without an end', `<!--${'-'.repeat(2_000_000)}`],
    ['many attributes', `<p ${'a=1 '.repeat(400_000)}>x`],
    ['many signs by name', '&amp;'.repeat(400_000)],
  ])('is read in time: %s', (_, html) => {
    const began = performance.now();
    harmlessHtml(html);
    textOfMail(html);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});

it('the text of a mail has a line for each line that people see', () => {
  expect(
    textOfMail(
      '<div>Bonjour,</div><div><br></div><p>Le  devis\n est <i>prêt</i>.</p><ul><li>un</li><li>deux</li></ul><table><tr><td>a</td><td>b</td></tr></table><img alt="Logo" src="x">',
    ),
  ).toBe('Bonjour,\n\nLe devis est prêt.\n\nun\n\ndeux\n\na b\n\nLogo');
});
