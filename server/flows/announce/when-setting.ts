import type { VendorSetting } from '../../core/flow.ts';
import type { Announcement } from './occasion.ts';

/** Only deals have stages: other modules' records are announced when they are made, unless every change is. */
export const whenSetting: VendorSetting<Announcement> = {
  check: async ({ settings: { when } }) => ({ value: when }),
};
