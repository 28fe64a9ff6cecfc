import type {
  ChangedIntegration,
  Integration,
  IntegrationChange,
  IntegrationEffects,
  IntegrationWish,
  OfferedFlow,
  Overview,
} from '../contract.ts';
import type { Session } from '../session/session.ts';

/**
 * Who asks: of an integration of one person, that person and admins alone know. An application that an admin let in acts
 * for that admin, and no other person let it see what is theirs.
 */
export type Asker = Pick<Session, 'organisationId' | 'role' | 'user' | 'access'>;

/** What an asker may do with an integration; null: there is none that they may know of. */
export type Access = 'see' | 'change' | null;

/** Set-ups of flows, whatever the flow does. Null: there is no such integration. */
export interface IntegrationServices {
  offered(asker: Asker): Promise<readonly OfferedFlow[]>;
  access(asker: Asker, id: string): Promise<Access>;
  /** Ids of what is another person's own, deleted ones too: nothing anywhere may speak of them to this asker. */
  hiddenFrom(asker: Asker): Promise<ReadonlySet<string>>;
  /** Without those of other people. */
  list(asker: Asker): Promise<readonly Integration[]>;
  /** The same in one line each, with what each did today. */
  overview(asker: Asker): Promise<Overview>;
  get(organisationId: string, id: string): Promise<Integration | null>;
  /**
   * What cannot be is refused with a `Problem` by field, and nothing is made.
   *
   * @param onceBy names the creation: repeated with the same, it makes nothing more.
   */
  make(asker: Asker, wish: IntegrationWish, onceBy: string | null): Promise<ChangedIntegration | null>;
  set(organisationId: string, id: string, change: IntegrationChange): Promise<ChangedIntegration | null>;
  /**
   * Sets a further one up as this one is set, off.
   *
   * @param name null: one that says that it is a copy.
   * @param onceBy names the copying: repeated with the same, it makes nothing more.
   */
  copy(
    asker: Asker,
    id: string,
    name: string | null,
    onceBy: string | null,
  ): Promise<ChangedIntegration | null>;
  effects(organisationId: string, id: string): Promise<IntegrationEffects | null>;
  /** Safe to repeat. */
  remove(organisationId: string, id: string): Promise<{ readonly id: string } | null>;
}
