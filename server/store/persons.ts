import type { Sql } from './database.ts';

/** Somebody who works in the organisation, as its home application last said. */
export interface PersonRow {
  readonly organisationId: string;
  /** The home application's own id of them. */
  readonly externalId: string;
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
  /** When they last were asked to take part; null: nobody asked them yet. */
  readonly askedAt: Date | null;
  /** When they last said no, or stopped. */
  readonly declinedAt: Date | null;
  /** When they agreed, while their account is still to be connected. */
  readonly joiningAt: Date | null;
  readonly leftAt: Date | null;
  /** Liaison's own id of them; null: they never signed in. */
  readonly userId: string | null;
}

const SELECT = `select p.organisation_id as "organisationId", p.external_id as "externalId", p.name, p.email, p.active,
  p.asked_at as "askedAt", p.declined_at as "declinedAt", p.joining_at as "joiningAt", p.left_at as "leftAt",
  u.id as "userId"
  from persons p left join users u on u.organisation_id = p.organisation_id and u.external_id = p.external_id`;

/** By name. */
export async function personsOf(sql: Sql, organisationId: string): Promise<PersonRow[]> {
  return sql.query<PersonRow>(`${SELECT} where p.organisation_id = $1 order by p.name, p.external_id`, [
    organisationId,
  ]);
}

export async function personById(
  sql: Sql,
  organisationId: string,
  externalId: string,
): Promise<PersonRow | null> {
  const [row] = await sql.query<PersonRow>(`${SELECT} where p.organisation_id = $1 and p.external_id = $2`, [
    organisationId,
    externalId,
  ]);
  return row ?? null;
}

/** What is known of somebody who signed in; they are noted where they were not yet. */
export async function personOfUser(
  sql: Sql,
  organisationId: string,
  userId: string,
): Promise<PersonRow | null> {
  await sql.query(
    `insert into persons (organisation_id, external_id, name, email, active)
     select organisation_id, external_id, name, email, true from users where organisation_id = $1 and id = $2
     on conflict do nothing`,
    [organisationId, userId],
  );
  const [row] = await sql.query<PersonRow>(`${SELECT} where p.organisation_id = $1 and u.id = $2`, [
    organisationId,
    userId,
  ]);
  return row ?? null;
}

/** What the home application says of somebody. */
export interface ToldPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
}

/** Writes down what the home application said; what became of asking stays. Who is active has not left. */
export async function savePersons(
  sql: Sql,
  organisationId: string,
  told: readonly ToldPerson[],
): Promise<void> {
  await sql.query(
    `insert into persons (organisation_id, external_id, name, email, active)
     select $1, t.id, t.name, t.email, t.active
     from jsonb_to_recordset($2) as t(id text, name text, email text, active boolean)
     on conflict (organisation_id, external_id) do update
       set name = excluded.name, email = excluded.email, active = excluded.active,
         left_at = case when excluded.active then null else persons.left_at end`,
    [organisationId, JSON.stringify(told)],
  );
}

export type PersonMark = 'asked' | 'declined' | 'joining' | 'joined' | 'left' | 'again' | 'here';

const MARKS: Readonly<Record<PersonMark, string>> = {
  asked: 'asked_at = coalesce(asked_at, now())',
  again: 'asked_at = now(), declined_at = null',
  declined: 'declined_at = now(), joining_at = null, asked_at = coalesce(asked_at, now())',
  joining: 'joining_at = now(), declined_at = null, asked_at = coalesce(asked_at, now())',
  joined: 'joining_at = null',
  here: 'active = true, left_at = null',
  left: 'left_at = coalesce(left_at, now()), joining_at = null',
};

/** @returns whether there is such a person. */
export async function markPerson(
  sql: Sql,
  { organisationId, externalId }: Pick<PersonRow, 'organisationId' | 'externalId'>,
  mark: PersonMark,
): Promise<boolean> {
  const rows = await sql.query(
    `update persons set ${MARKS[mark]} where organisation_id = $1 and external_id = $2 returning external_id`,
    [organisationId, externalId],
  );
  return rows.length > 0;
}

/** Somebody who left, and what of them still stands. */
export interface LeaverRow {
  readonly organisationId: string;
  readonly externalId: string;
  readonly name: string;
  readonly userId: string | null;
}

/** Persons who are not active any more, and whose end is still to come: nobody was told yet, or they have something. */
export async function leavers(sql: Sql, organisationId: string): Promise<LeaverRow[]> {
  return sql.query<LeaverRow>(
    `select p.organisation_id as "organisationId", p.external_id as "externalId", p.name, u.id as "userId"
     from persons p left join users u on u.organisation_id = p.organisation_id and u.external_id = p.external_id
     where p.organisation_id = $1 and not p.active and (p.left_at is null
       or exists (select from integrations i where i.organisation_id = $1 and i.owner = u.id and i.deleted_at is null)
       or exists (select from connections c where c.organisation_id = $1 and c.owner = u.id)
       or exists (select from accesses a where a.organisation_id = $1 and a.user_id = u.id))
     order by p.external_id`,
    [organisationId],
  );
}

/** Organisations where it matters who works there: somebody has, or is offered, something of their own. */
export async function organisationsWithPersons(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct organisation_id as id from (
       select organisation_id from templates
       union all select organisation_id from integrations where owner is not null and deleted_at is null
       union all select organisation_id from connections where owner is not null
       union all select organisation_id from accesses) o`,
  );
  return rows.map(({ id }) => id);
}
