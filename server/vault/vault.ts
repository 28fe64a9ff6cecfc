import type { ConnectionRow } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { groupCommit } from '../store/group-commit.ts';
import {
  listSecrets,
  type NamedSecret,
  putSecret,
  readSecret,
  readSecrets,
  type SecretOwner,
  type SecretRow,
  swapSecret,
} from '../store/secrets.ts';
import { checkKeyring } from './key-check.ts';
import type { Keyring } from './keyring.ts';
import { type Belonging, type Sealed, seal, unseal } from './seal.ts';

/** Whose secret it is. */
export interface Owner extends SecretOwner {
  readonly organisationId: string;
}

/** The grant that a connection stands on, as the owner of tokens and keys. */
export function grantOf(connection: Pick<ConnectionRow, 'grantId' | 'organisationId'>): Owner {
  return { kind: 'grant', id: connection.grantId, organisationId: connection.organisationId };
}

/** The connection itself, as the owner of what deliveries to it are signed with. */
export function connectionItself(connection: Pick<ConnectionRow, 'id' | 'organisationId'>): Owner {
  return { kind: 'connection', id: connection.id, organisationId: connection.organisationId };
}

export interface OpenedSecret {
  readonly text: string;
  readonly version: number;
  readonly remainingMs: number | null;
  readonly ownerState: ConnectionRow['state'];
}

/** Keeps secrets: sealed in the database, bound to organisation, owner and name. */
export interface Vault {
  put(sql: Sql, owner: Owner, name: string, text: string, lifetimeMs?: number | null): Promise<void>;
  /** Null when there is none. Throws UnsealError when it is not this owner's. */
  read(sql: Sql, owner: Owner, name: string): Promise<OpenedSecret | null>;
  /** The same for what many ask at once, each by itself: what is asked while others are answered goes together. */
  reader(sql: Sql): (owner: Owner, name: string) => Promise<OpenedSecret | null>;
  list(sql: Sql, owner: Owner, prefix: string): Promise<ReadonlyMap<string, string>>;
  /** Replaces what had `version`. False when it moved on: then nothing was stored. */
  swap(
    sql: Sql,
    owner: Owner,
    name: string,
    change: { version: number; text: string; lifetimeMs: number | null },
  ): Promise<boolean>;
  /** For what belongs to nobody yet. */
  seal(belonging: Belonging, text: string): Sealed;
  unseal(belonging: Belonging, sealed: Sealed): string;
}

/** What a secret's ciphertext is bound to. */
export function belongingOf(organisationId: string, ownerId: string, name: string): Belonging {
  return ['secret', organisationId, ownerId, name];
}

const placeOf = ({ owner, name }: { owner: Owner; name: string }): string =>
  [owner.kind, owner.organisationId, owner.id, name].join(' ');

/**
 * Opens the vault.
 *
 * @throws KeyringError when the keys are not those that the database was sealed with: the server must not
 *   start then, or it would ask every admin to connect again.
 */
export async function openVault(sql: Sql, keyring: Keyring): Promise<Vault> {
  await checkKeyring(sql, keyring);
  return createVault(keyring);
}

function createVault(keyring: Keyring): Vault {
  const opened = (owner: Owner, row: SecretRow): string =>
    unseal(keyring, belongingOf(owner.organisationId, owner.id, row.name), row);

  const openedRow = (owner: Owner, row: SecretRow | null): OpenedSecret | null => {
    if (row === null) return null;
    const { version, remainingMs, ownerState } = row;
    return { text: opened(owner, row), version, remainingMs, ownerState };
  };

  return {
    seal: (belonging, text) => seal(keyring, belonging, text),
    unseal: (belonging, sealed) => unseal(keyring, belonging, sealed),
    async put(sql, owner, name, text, lifetimeMs = null) {
      const sealed = seal(keyring, belongingOf(owner.organisationId, owner.id, name), text);
      await putSecret(sql, { ...sealed, owner, name, lifetimeMs });
    },
    read: async (sql, owner, name) => openedRow(owner, await readSecret(sql, owner, name)),
    reader(sql) {
      const read = groupCommit(async (wishes: readonly (NamedSecret & { owner: Owner })[]) => {
        // Runs of one integration ask for the same token: it is read and opened once for all of them.
        const distinct = new Map(wishes.map((wish) => [placeOf(wish), wish]));
        const rows = await readSecrets(sql, [...distinct.values()]);
        const opening = new Map(
          [...distinct].map(([place, { owner }], index) => {
            let opened: OpenedSecret | null | undefined;
            return [place, () => (opened ??= openedRow(owner, rows[index] ?? null))];
          }),
        );
        return wishes.map((wish) => opening.get(placeOf(wish)));
      });
      // What does not open fails whoever asked for it, and nobody else.
      return async (owner, name) => (await read({ owner, name }))?.() ?? null;
    },
    async list(sql, owner, prefix) {
      const rows = await listSecrets(sql, owner, prefix);
      return new Map(rows.map((row) => [row.name, opened(owner, row)]));
    },
    swap(sql, owner, name, { version, text, lifetimeMs }) {
      const sealed = seal(keyring, belongingOf(owner.organisationId, owner.id, name), text);
      return swapSecret(sql, { ...sealed, owner, name, version, lifetimeMs });
    },
  };
}
