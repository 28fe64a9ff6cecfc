import { htmlOfText, textOfHtml } from './html-text.ts';

it.each([
  ['<p>Papier 160&nbsp;g</p><p>Deux\n lignes</p>', 'Papier 160 g\nDeux lignes'],
  ['<ul><li>Un</li><li>Deux &amp; trois</li></ul>', '- Un\n- Deux & trois'],
  ['Avant<script>alert("<p>")</script><!-- caché --> après<br/>fin', 'Avant après\nfin'],
  ['3 &lt; 5 et 7 > 2', '3 < 5 et 7 > 2'],
  ['', ''],
])('%s is read as %s', (html, text) => {
  expect(textOfHtml(html)).toBe(text);
});

it('a plain text is laid out so that it is read as it was', () => {
  const text = 'Affiche <A2> & "cadre"\n\nDeux\nlignes';
  expect(htmlOfText(text)).toBe('<p>Affiche &lt;A2&gt; &amp; &quot;cadre&quot;</p>\n<p>Deux<br />lignes</p>');
  expect(textOfHtml(htmlOfText(text)).replace(/\n+/g, '\n')).toBe(text.replace(/\n+/g, '\n'));
});
