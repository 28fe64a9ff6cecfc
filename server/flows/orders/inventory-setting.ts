import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import { zohoInventory } from '../../connectors/zoho-inventory/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { VendorSetting } from '../../core/flow.ts';
import type { Settings } from './flow.ts';
import { NOT_ONE } from './sales-order.ts';

/** What is done in Zoho Inventory wants an account of it, of the organisation whose books are kept. */
export const inventorySetting = (isUsed: (settings: Settings) => boolean): VendorSetting<Settings> => ({
  async check({ client, settings }) {
    if (!isUsed(settings)) return null;
    try {
      const one = client(zohoInventory).organisation;
      return one === client(zohoBooks).organisation ? null : { refused: NOT_ONE };
    } catch (thrown) {
      if (asLiaisonError(thrown).kind !== 'reconnect') throw thrown;
      return { refused: NO_ACCOUNT };
    }
  },
});

const NO_ACCOUNT = {
  en: 'This needs Zoho Inventory: connect it first.',
  fr: 'Il faut pour cela Zoho Inventory\u00a0: connectez-le d’abord.',
};
