import { html } from './html.ts';

describe('html', () => {
  const hostile = `<script>alert("1")</script>' onload='x`;

  it('shows whatever is put into it as text, in attributes too', () => {
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=&#39;x">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=&#39;x</p>',
    );
  });

  it('keeps its own markup, also in lists', () => {
    expect(html`<ul>${['a', '<b>'].map((one) => html`<li>${one}</li>`)}</ul>`.text).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul>',
    );
  });

  it('leaves nothing for what is absent, and shows a zero', () => {
    expect(html`${null}${undefined}${false}${0}${''}`.text).toBe('0');
  });

  it('escapes an ampersand once', () => {
    expect(html`${html`${'a & b'}`}`.text).toBe('a &amp; b');
  });
});
