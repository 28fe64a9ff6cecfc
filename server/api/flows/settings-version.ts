import { createHash } from 'node:crypto';
import { Problem } from '../problem.ts';

/** The same text for the same JSON, whatever the order of its keys: the database keeps none. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, ordered(one)]),
  );
}

/** By what two states of the same settings are told apart: a digest of what they say. */
export const versionOf = (settings: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(settings)) ?? '')
    .digest('base64url')
    .slice(0, 22);

/**
 * Refuses a change that was made looking at other settings than those that hold now.
 *
 * @param basedOn the version that was looked at; undefined: the caller does not care.
 * @param current what holds now: it is answered, so that nothing has to be asked again.
 * @throws a `Problem` 409 `changed-meanwhile`.
 */
export function demandUnchanged(
  basedOn: string | undefined,
  current: { readonly version: string } & Readonly<Record<string, unknown>>,
): void {
  if (basedOn === undefined || basedOn === current.version) return;
  throw new Problem({
    status: 409,
    type: 'changed-meanwhile',
    title: { en: 'Changed meanwhile', fr: 'Modifié entre-temps' },
    detail: {
      en: 'Somebody saved other settings since these were opened. Nothing was saved now.',
      fr: 'Quelqu’un a enregistré d’autres réglages depuis l’ouverture de ceux-ci. Rien n’a été enregistré maintenant.',
    },
    action: {
      en: 'Look at what holds now, then save again.',
      fr: 'Regardez ce qui est enregistré, puis enregistrez de nouveau.',
    },
    current,
  });
}
