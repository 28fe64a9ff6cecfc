import type { Mount } from './mount.ts';
import type { View } from './view.ts';

/** What people see of one vendor, in the vendor's own folder. */
export interface VendorPages {
  /** Its entry in the pages' menu. */
  readonly place: { readonly path: string; readonly en: string; readonly fr: string };
  mount(mount: Mount): void;
  /** Where an address of the vendor's real interface leads here. */
  readonly opens?: {
    /** Of its interface for people, in every data centre. */
    readonly host: RegExp;
    page(view: View, address: URL): string;
  };
  /** A style sheet of its own, read beside the pages' common one: path of the file. */
  readonly style?: string;
}
