/** An element of XML, as data: `manifest/order.ts` looks at it before it is written. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

export type Attributes = Readonly<Record<string, string>>;

/** @param inside attributes first, where there are any; then what stands within. */
export function tag(name: string, ...inside: readonly (Attributes | Element | string)[]): Element {
  const [first, ...rest] = inside;
  const isAttributes = typeof first === 'object' && !('children' in first);
  return {
    name,
    attributes: isAttributes ? (first as Attributes) : {},
    children: (isAttributes ? rest : inside) as readonly (Element | string)[],
  };
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

export function written({ name, attributes, children }: Element, indent = ''): string {
  const start = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}`;
  if (children.length === 0) return `${start} />\n`;
  const [only] = children;
  if (children.length === 1 && typeof only === 'string') return `${start}>${escaped(only)}</${name}>\n`;
  const inside = children.map((child) =>
    typeof child === 'string' ? `${indent}  ${escaped(child)}\n` : written(child, `${indent}  `),
  );
  return `${start}>\n${inside.join('')}${indent}</${name}>\n`;
}
