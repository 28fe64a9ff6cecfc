type Json = { [name: string]: unknown };

/**
 * `fields` and `exclude_fields`: names with dots, commas between them, read through lists.
 * https://mailchimp.com/developer/marketing/docs/methods-parameters/
 */
export function projected(answer: object, query: URLSearchParams): object {
  const wanted = namesOf(query.get('fields'));
  const unwanted = namesOf(query.get('exclude_fields'));
  const kept = wanted.length > 0 ? pick(answer, wanted) : answer;
  return (unwanted.length > 0 ? omit(kept, unwanted) : kept) as object;
}

const namesOf = (text: string | null): string[][] =>
  (text ?? '')
    .split(',')
    .filter((name) => name.trim() !== '')
    .map((name) => name.trim().split('.'));

function below(paths: readonly string[][], name: string): string[][] {
  return paths.filter(([first]) => first === name).map((path) => path.slice(1));
}

function pick(value: unknown, paths: readonly string[][]): unknown {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.map((one) => pick(one, paths));
  if (typeof value !== 'object' || value === null) return value;
  const picked: Json = {};
  for (const [name, member] of Object.entries(value)) {
    const deeper = below(paths, name);
    if (deeper.length > 0) picked[name] = pick(member, deeper);
  }
  return picked;
}

function omit(value: unknown, paths: readonly string[][]): unknown {
  if (Array.isArray(value)) return value.map((one) => omit(one, paths));
  if (typeof value !== 'object' || value === null) return value;
  const left: Json = {};
  for (const [name, member] of Object.entries(value)) {
    const deeper = below(paths, name);
    if (deeper.some((path) => path.length === 0)) continue;
    left[name] = deeper.length > 0 ? omit(member, deeper) : member;
  }
  return left;
}
