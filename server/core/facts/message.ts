import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FACT_TYPES, FACTS, isFactType, TEST, type ToldType } from './facts.ts';

const integration = z
  .object({
    id: z.string(),
    flow: z.string().describe('The kind of work that it does.'),
    name: z.string().nullable().describe('What people call it; null: as its flow is called.'),
  })
  .describe('The integration that it happened in, as it was called then.');

const nameOf = (type: string): string =>
  type.replaceAll(/(?:^|\.)(\w)/g, (_, letter) => letter.toUpperCase());

/** What is sent of a fact, as a receiver reads it: by its type. */
function messageSchema(type: string, version: number, data: z.ZodType) {
  return z.object({
    id: z
      .string()
      .describe(
        'The fact’s own: the same for whoever is told of it and however often. Another change is another fact.',
      ),
    type: z.literal(type),
    version: z.literal(version).describe('Of what `data` says: another one where its meaning changed.'),
    timestamp: z.iso.datetime().describe('When it happened.'),
    integration: integration.nullable(),
    data,
  });
}

/** By its type: the shape of what is sent, and what the shape is called in the API's document. */
export const MESSAGES: Readonly<Record<ToldType, { readonly name: string; readonly schema: z.ZodType }>> =
  Object.fromEntries([
    ...FACT_TYPES.map((type) => [
      type,
      {
        name: `${nameOf(type)}Message`,
        schema: messageSchema(type, FACTS[type].version, FACTS[type].data),
      },
    ]),
    [TEST, { name: 'TestMessage', schema: messageSchema(TEST, 1, z.object({ text: z.string() })) }],
  ]);

/** A fact as it was stored for a receiver. */
export interface StoredFact {
  readonly fact: string;
  /** What makes it the same fact. */
  readonly key: string;
  readonly integration: { readonly id: string; readonly flow: string; readonly name: string | null } | null;
  readonly data: unknown;
  readonly happenedAt: Date;
}

/** A fact's own id: of its key, which says more than receivers need to know. */
const idOf = (fact: string, key: string): string =>
  createHash('sha256').update(`${fact} ${key}`).digest('base64url').slice(0, 22);

/** What is told of it. */
export const toldOf = ({ fact, key, integration: told, data, happenedAt }: StoredFact) => ({
  id: idOf(fact, key),
  type: fact,
  version: isFactType(fact) ? FACTS[fact].version : 1,
  timestamp: happenedAt.toISOString(),
  integration: told,
  data,
});

/** What is sent: the same bytes at every attempt. */
export const messageOf = (fact: StoredFact): string => JSON.stringify(toldOf(fact));
