import type { OwnPersonal, Persons } from '../contract.ts';
import type { Asker } from '../integrations/integration-services.ts';

/** Who takes part in what admins prepared. Null: there is no such person. */
export interface PersonServices {
  /** Asks the home application who works here, where that was not asked lately. */
  list(organisationId: string): Promise<Persons>;
  ask(organisationId: string, person: string): Promise<{ readonly id: string } | null>;
  end(
    organisationId: string,
    person: string,
  ): Promise<{ readonly id: string; readonly integrations: number; readonly accounts: number } | null>;

  /** @param asking the person is shown the question. */
  own(asker: Asker, asking: boolean): Promise<OwnPersonal>;
  join(asker: Asker): Promise<OwnPersonal>;
  decline(asker: Asker): Promise<OwnPersonal>;
  endOwn(asker: Asker): Promise<OwnPersonal>;
}
