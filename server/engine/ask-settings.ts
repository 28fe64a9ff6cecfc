import { asLiaisonError, type LiaisonError } from '../core/errors.ts';
import type { Automation, SettingSource } from '../core/flow.ts';
import type { Sentence } from '../core/sentence.ts';
import type { KnownValue } from '../store/integrations.ts';

/** What a vendor says of one setting. */
export type AskedSetting = { readonly setting: string } & (
  | { readonly refused: Sentence }
  | { readonly error: LiaisonError }
  | { readonly value: unknown; readonly reference: string | undefined }
);

/** Asks the vendors about each setting that names something there. None fails for another. */
export async function askSettings(
  flow: Automation,
  source: SettingSource<unknown>,
  known: Readonly<Record<string, KnownValue>>,
): Promise<AskedSetting[]> {
  const settings = source.settings as Readonly<Record<string, unknown>>;
  const asked = await Promise.all(
    Object.entries(flow.vendorSettings ?? {}).map(async ([setting, declared]): Promise<AskedSetting[]> => {
      const before = known[setting];
      // Of another value than the one that was looked up nothing is known.
      const reference = before?.value === settings[setting] ? before?.reference : undefined;
      try {
        const verdict = (await declared.check?.(source, reference)) ?? null;
        if (verdict === null) return [];
        if ('refused' in verdict) return [{ setting, refused: verdict.refused }];
        return [{ setting, value: verdict.value, reference: verdict.reference }];
      } catch (thrown) {
        return [{ setting, error: asLiaisonError(thrown) }];
      }
    }),
  );
  return asked.flat();
}

/** What is worth remembering of the answers. */
export const knownOf = (asked: readonly AskedSetting[]): Record<string, KnownValue> =>
  Object.fromEntries(
    asked.flatMap((one) =>
      'value' in one && one.reference !== undefined
        ? [[one.setting, { value: one.value, reference: one.reference }]]
        : [],
    ),
  );
