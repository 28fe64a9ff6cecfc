import type { Template, TemplateChange, Templates, TemplateWish } from '../contract.ts';
import type { Asker } from '../integrations/integration-services.ts';

/** What admins prepare for persons. Null: there is no such template. */
export interface TemplateServices {
  list(organisationId: string): Promise<Templates>;
  get(organisationId: string, id: string): Promise<Template | null>;
  /** What cannot be is refused with a `Problem` by field, and nothing is made. */
  make(asker: Asker, wish: TemplateWish): Promise<Template>;
  set(organisationId: string, id: string, change: TemplateChange): Promise<Template | null>;
  remove(organisationId: string, id: string): Promise<{ readonly id: string; readonly ended: number } | null>;
}
