import type { VendorSetting } from './flow.ts';

/** A setting of other settings, for those that mean the same in words of their own. */
export const settingAs = <Own, Meant>(
  { offers, check }: VendorSetting<Meant>,
  mean: (settings: Own) => Meant,
): VendorSetting<Own> => ({
  ...(offers && { offers: (source) => offers({ ...source, settings: mean(source.settings) }) }),
  ...(check && {
    check: (source, reference) => check({ ...source, settings: mean(source.settings) }, reference),
  }),
});
