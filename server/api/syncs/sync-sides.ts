import type { Connector } from '../../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import type { Side } from '../../core/sync/mapping.ts';
import type { OptionChoice, SideOption, Sync, SyncSide } from '../../core/sync-flow.ts';
import type { FieldKind, ObjectOptions, SyncField } from '../../core/sync-object.ts';
import type { Account, World } from '../../engine/ports.ts';
import { storedError } from '../../engine/stored-error.ts';
import type { SyncFields } from '../contract.ts';
import { failureOf } from '../log/run-view.ts';
import type { Misfit } from './sync-rules.ts';

/** One side as its vendor describes it now. */
export interface DescribedSide {
  readonly fields: ReadonlyMap<string, SyncField> | null;
  /** Why the fields are not known. */
  readonly error: LiaisonError | null;
  readonly takesNewFields: boolean;
  readonly options: readonly {
    readonly option: SideOption;
    readonly choices: readonly OptionChoice[] | null;
  }[];
}

export interface SideDescriber {
  describe(account: Account, sync: Sync, side: Side, options: ObjectOptions): Promise<DescribedSide>;
  /**
   * Makes fields of these names and kinds. @returns the id of each, in order; null where the side takes none.
   *
   * @throws LiaisonError of the vendor.
   */
  make(
    account: Account,
    sync: Sync,
    side: Side,
    wishes: readonly { readonly name: string; readonly kind: FieldKind }[],
  ): Promise<readonly string[] | null>;
}

/** A person looks at a screen several times a minute; a vendor is asked once. */
const KEPT_MS = 30_000;
const KEPT_ENTRIES = 200;
const PATIENCE_MS = 20_000;

/** A client for a side's account. @throws LiaisonError of the vendor, or that nobody chose an account. */
export async function sideClient(
  world: Pick<World, 'open' | 'connectors'>,
  account: Account,
  { object, missing }: SyncSide,
): Promise<unknown> {
  if (missing !== undefined) throw missing;
  const connector: Connector = world.connectors.get(object.connector.id) ?? object.connector;
  const http = await world.open(account, connector, {
    onExchange: () => {},
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return object.connector.client(http);
}

/** Asks vendors which fields and choices they offer, and remembers good answers for a moment. */
export function sideDescriber(world: Pick<World, 'open' | 'connectors'>, now: () => number): SideDescriber {
  const kept = new Map<string, { at: number; side: DescribedSide }>();

  const clientOf = (account: Account, side: SyncSide): Promise<unknown> => sideClient(world, account, side);

  async function ask(
    account: Account,
    sync: Sync,
    side: Side,
    options: ObjectOptions,
  ): Promise<DescribedSide> {
    const { object, options: declared, missing } = sync[side];
    const takesNewFields = object.makeFields !== undefined;
    const nothing = declared.map((option) => ({ option, choices: null }));
    if (missing !== undefined) return { fields: null, error: missing, takesNewFields, options: nothing };
    let client: unknown;
    try {
      client = await clientOf(account, sync[side]);
    } catch (thrown) {
      return { fields: null, error: asLiaisonError(thrown), takesNewFields, options: nothing };
    }
    let error: LiaisonError | null = null;
    const orError = async <T>(asking: Promise<T> | undefined): Promise<T | null> => {
      try {
        return (await asking) ?? null;
      } catch (thrown) {
        error = asLiaisonError(thrown);
        return null;
      }
    };
    const choices = await Promise.all(
      declared.map(async (option) => ({ option, choices: await orError(option.choices?.(client)) })),
    );
    // Without a choice that has no fallback (an audience) there are no fields to ask for.
    const open = declared.some(
      (option) => option.kind === 'choice' && isBlank(options[option.id]) && isBlank(option.fallback),
    );
    const fields = open ? null : await orError(object.fields(client, options));
    return {
      fields: fields === null ? null : new Map(fields.map((field) => [field.id, field])),
      error,
      takesNewFields,
      options: choices,
    };
  }

  return {
    async describe(account, sync, side, options) {
      const name = JSON.stringify([account, sync.id, sync[side].object.id, side, options]);
      const known = kept.get(name);
      if (known !== undefined && now() - known.at < KEPT_MS) return known.side;
      const described = await ask(account, sync, side, options);
      if (kept.size >= KEPT_ENTRIES) kept.clear();
      if (described.error === null) kept.set(name, { at: now(), side: described });
      return described;
    },

    async make(account, sync, side, wishes) {
      const { object } = sync[side];
      if (object.makeFields === undefined) return null;
      const ids = await object.makeFields(await clientOf(account, sync[side]), wishes);
      // What was remembered does not know them.
      kept.clear();
      return ids;
    },
  };
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** What of the chosen options does not fit what is offered. */
export function optionMisfits(side: Side, chosen: ObjectOptions, { options }: DescribedSide): Misfit[] {
  const known = new Map(options.map((one) => [one.option.id, one]));
  const misfits: Misfit[] = Object.keys(chosen)
    .filter((id) => !known.has(id))
    .map((id) => ({
      field: `options.${side}.${id}`,
      detail: { en: 'There is no such option.', fr: 'Cette option n’existe pas.' },
    }));
  for (const { option, choices } of options) {
    const value = chosen[option.id];
    const field = `options.${side}.${option.id}`;
    if (isBlank(value)) {
      if (option.kind === 'choice' && isBlank(option.fallback)) {
        misfits.push({ field, detail: { en: 'Choose one.', fr: 'Choisissez-en une valeur.' } });
      }
    } else if (typeof value !== (option.kind === 'boolean' ? 'boolean' : 'string')) {
      misfits.push({
        field,
        detail: { en: 'This is not a value of it.', fr: 'Cette valeur ne convient pas.' },
      });
    } else if (
      // `primary` and the like: another name of what the vendor lists under its own.
      value !== option.fallback &&
      choices !== null &&
      !choices.some(({ id }) => id === value)
    ) {
      misfits.push({
        field,
        detail: {
          en: 'This does not exist there (any more). Choose another one.',
          fr: 'Cela n’y existe pas (ou plus). Choisissez autre chose.',
        },
      });
    }
  }
  return misfits;
}

/** A described side as the contract shows it. */
export function fieldsView({ fields, error, options, takesNewFields }: DescribedSide): SyncFields[Side] {
  return {
    fields:
      fields === null
        ? null
        : [...fields.values()].map(({ id, titles, kind, readOnly, required, maxLength, newName }) => ({
            id,
            titles,
            kind,
            readOnly: readOnly === true,
            required: required === true,
            maxLength: maxLength ?? null,
            newName: newName ?? null,
          })),
    problem: error === null ? null : failureOf(storedError(error)),
    takesNewFields,
    options: options.map(({ option: { id, titles, hints, kind, fallback }, choices }) => ({
      id,
      titles,
      hints: hints ?? null,
      kind,
      fallback,
      choices:
        choices?.map(({ id: choice, title }) => ({
          id: choice,
          titles: typeof title === 'string' ? { en: title, fr: title } : title,
        })) ?? null,
    })),
  };
}
