/** Somebody who works in the organisation, as its home application knows them. */
export interface StaffMember {
  /** As a sign-in names them, too. */
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** False: they cannot sign in there any longer. */
  readonly active: boolean;
  /** As a sign-in would find it; null: it was not said. */
  readonly role: 'admin' | 'rep' | null;
}

/** How an application is asked who works in the organisation. */
export interface StaffDeclaration<Client> {
  /** All that it knows, those that are not active any more among them. */
  all(client: Client): Promise<readonly StaffMember[]>;
  /** One of them by id; null: there is nobody of this id any more. */
  one(client: Client, id: string): Promise<StaffMember | null>;
  /** Option of the sync objects of this application: the id of whom new records are to belong to. */
  readonly ownerOption: string;
}
