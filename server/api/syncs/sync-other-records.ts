import type { Side } from '../../core/sync/mapping.ts';
import { type Sync, type SyncSettings, syncFor } from '../../core/sync-flow.ts';
import type { SyncSettingsChange } from '../contract.ts';
import { Problem } from '../problem.ts';
import type { SetUpSync } from './stored-sync-services.ts';

const SIDES = ['left', 'right'] as const satisfies readonly Side[];

type Options = SyncSettings['options'];
type SentRules = NonNullable<SyncSettingsChange['rules']>;

/** A sync as it would be with these options: they may say which records of an account are meant. */
export const withOptions = ({ flow, integration }: SetUpSync, options: Options): Sync =>
  syncFor(flow, { roles: integration.roles, settings: { options } });

/** The side that is about other records in the one than in the other; undefined when both sides are the same. */
export const otherRecords = (before: Sync, after: Sync): Side | undefined =>
  SIDES.find((side) => before[side].object.id !== after[side].object.id);

/**
 * The side on which another audience, calendar or list is chosen of the same account; undefined: on none. What was linked
 * there would count as deleted.
 */
export const otherPlace = (sync: Sync, before: Options, after: Options): Side | undefined =>
  SIDES.find((side) =>
    sync[side].options.some(
      ({ id, fallback, holdsRecords }) =>
        holdsRecords === true && (before[side][id] ?? fallback) !== (after[side][id] ?? fallback),
    ),
  );

/** Rules as one text, however much of them was sent. */
const spelled = ({ fields, matchBy, create, remove }: SentRules): string =>
  JSON.stringify([
    fields.map(({ left, right, direction, master, blank }) => [left, right, direction, master, blank]),
    matchBy,
    [create.left, create.right, remove.left, remove.right],
  ]);

/** What is sent along for other records, as far as it is about them: what was there before goes with the former ones. */
export function forOtherRecords(
  sent: SyncSettingsChange,
  shown: { readonly rules: SentRules },
  { left, right }: Sync,
): SyncSettingsChange {
  const { rules, options, ...rest } = sent;
  const known = ({ options: declared }: Sync['left'], chosen: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(Object.entries(chosen).filter(([id]) => declared.some((option) => option.id === id)));
  const isFormer = rules === undefined || spelled(rules) === spelled(shown.rules);
  return {
    ...rest,
    options: { left: known(left, options?.left), right: known(right, options?.right) },
    ...(isFormer ? {} : { rules }),
  };
}

/** @throws a `Problem` 422 where pairs of the former records are linked: nobody could tell what becomes of them. */
export function demandUnlinked(side: Side, before: Sync, links: number): void {
  if (links === 0) return;
  const { titles } = before[side].object;
  throw new Problem({
    status: 422,
    type: 'invalid',
    title: { en: 'These settings do not fit', fr: 'Ces réglages ne conviennent pas' },
    detail: {
      en: `Some of the ${titles.en} are linked already (${links}): others cannot take their place.`,
      fr: `Des fiches sont déjà liées (${titles.fr}\u00a0: ${links})\u00a0: d’autres ne peuvent pas prendre leur place.`,
    },
    action: {
      en: 'Add another integration for the others, or delete this one and set it up again.',
      fr: 'Ajoutez une autre intégration pour les autres, ou supprimez celle-ci et configurez-la de nouveau.',
    },
  });
}

/** @throws LiaisonError `reconnect` while nobody chose an account for a side. */
export function demandAccounts(sync: Sync): void {
  for (const side of SIDES) {
    const { missing } = sync[side];
    if (missing !== undefined) throw missing;
  }
}
