/** A piece of text in TypeScript: a string, or what of a template stands between its values. */
export interface SourceText {
  readonly text: string;
  /** Where it stands in the source, as it is written there, escapes and all. */
  readonly from: number;
  readonly to: number;
  /** Under which of a sentence's languages it stands, in whatever expression; null: under none. */
  readonly language: 'en' | 'fr' | null;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
const unescaped = (raw: string): string =>
  raw.replace(/\\(?:u([0-9a-f]{4})|(.))/gis, (_, code?: string, one = '') =>
    code === undefined ? (ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(code, 16)),
  );

/** One thing of a source at a time: what holds no text, or begins some. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|(?<=[(,=:[!&|?{};\n] *)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|\b(en|fr)(?=:|\()|[`()[\]{},]/g;
/** A stretch of a template, to its end or to its next value. */
const STRETCH = /((?:[^`\\$]|\\[\s\S]|\$(?!\{))*)(`|\$\{)/g;

/** Every piece of text in a source as Biome formats it, comments and regular expressions left out. */
export function textsIn(source: string): SourceText[] {
  const texts: SourceText[] = [];
  /** What is open, and the language that held before it was. */
  const open: { readonly isValue: boolean; readonly language: SourceText['language'] }[] = [];
  let language: SourceText['language'] = null;
  let at = 0;

  function template(from: number): number {
    STRETCH.lastIndex = from;
    const [, raw = '', end] = STRETCH.exec(source) ?? [];
    if (raw !== '') texts.push({ text: unescaped(raw), from, to: from + raw.length, language });
    if (end === '${') open.push({ isValue: true, language });
    return STRETCH.lastIndex || source.length;
  }

  for (;;) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(source);
    if (found === null) return texts;
    at = TOKEN.lastIndex;
    const [token, single, double, key] = found;
    const raw = single ?? double;
    if (raw !== undefined) texts.push({ text: unescaped(raw), from: found.index + 1, to: at - 1, language });
    else if (key !== undefined) language = key as 'en' | 'fr';
    else if (token === '`') at = template(at);
    else if ('([{'.includes(token)) open.push({ isValue: false, language });
    else if (')]}'.includes(token)) {
      const closed = open.pop();
      language = closed?.language ?? null;
      if (closed?.isValue === true) at = template(at);
    } else if (token === ',') language = open.at(-1)?.language ?? null;
  }
}
