/** A form with brackets read: `a[b][0]=c` is `{ a: { b: { '0': 'c' } } }`. */
export interface FormTree {
  readonly [name: string]: string | FormTree;
}

type Growing = { [name: string]: string | Growing };

/** Reads Stripe's form encoding, of a body or of a query. A later field wins over an earlier one. */
export function readForm(pairs: Iterable<readonly [string, string]>): FormTree {
  const tree: Growing = Object.create(null);
  for (const [name, value] of pairs) plant(tree, segmentsOf(name), value);
  return tree;
}

function segmentsOf(name: string): string[] {
  const first = name.split('[', 1)[0] ?? '';
  return [first, ...[...name.slice(first.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')];
}

function plant(tree: Growing, segments: readonly string[], value: string): void {
  let here = tree;
  segments.forEach((segment, index) => {
    // `expand[]=a&expand[]=b`: an empty bracket is the next free place.
    const key = segment === '' ? String(Object.keys(here).length) : segment;
    if (index === segments.length - 1) {
      here[key] = value;
      return;
    }
    const next = here[key];
    const grown: Growing = typeof next === 'object' ? next : Object.create(null);
    here[key] = grown;
    here = grown;
  });
}
