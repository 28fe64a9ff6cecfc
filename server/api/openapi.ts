import { z } from 'zod';
import { ACCESS_SCOPES } from '../core/access.ts';
import { FACTS, isFactType } from '../core/facts/facts.ts';
import { MESSAGES } from '../core/facts/message.ts';
import { NAMED_SCHEMAS, ROUTES, type Route } from './contract.ts';
import { BASE_PATH } from './paths.ts';

type Json = Record<string, unknown>;

const problem: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'action'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    action: { type: 'string' },
    vendorMessage: { type: 'string' },
    current: { type: 'object', description: 'Of `changed-meanwhile`: what holds now.' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'detail'],
        properties: { field: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

/** OpenAPI 3.1 of every route of the contract. Named shapes stand once, under `components`. */
export function openapiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  const routes = Object.entries(ROUTES) as [string, Route][];
  const bodies = writtenShapes(
    routes.flatMap(([, { body }]) => body ?? []),
    'input',
  );
  const answers = writtenShapes(
    routes.map(([, { answer }]) => answer),
    'output',
  );
  for (const [name, route] of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const shapes = { body: route.body && bodies.get(route.body), answer: answers.get(route.answer) };
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route, shapes) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Liaison',
      version,
      description:
        'What the widget asks. Refusals are problem details (RFC 9457) in the language of Accept-Language (en, fr). What belongs to another organisation is answered 404.',
    },
    servers: [{ url: BASE_PATH }],
    security: [{ session: [] }],
    paths,
    webhooks: webhooks(),
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'A page of Liaison’s own.' },
        access: {
          type: 'oauth2',
          description:
            'Another application that somebody let act in their name. A challenge by S256 (PKCE) is always needed; refresh tokens are good once.',
          flows: {
            authorizationCode: {
              authorizationUrl: '/oauth/authorize',
              tokenUrl: '/oauth/token',
              refreshUrl: '/oauth/token',
              scopes: Object.fromEntries(Object.entries(ACCESS_SCOPES).map(([id, { en }]) => [id, en])),
            },
          },
        },
      },
      schemas: { ...namedSchemas(), Problem: problem },
    },
  };
}

/** What receivers are sent, by type. What is sent to them is signed by Standard Webhooks, version 1. */
function webhooks(): Json {
  const header = (name: string, description: string): Json => {
    return { name, in: 'header', required: true, description, schema: { type: 'string' } };
  };
  const parameters = [
    header('webhook-id', 'The same at every attempt: by it what comes twice is known.'),
    header('webhook-timestamp', 'When this attempt was made, in seconds since 1970.'),
    header('webhook-signature', 'One signature `v1,…` for each secret, a space between them.'),
  ];
  return Object.fromEntries(
    Object.entries(MESSAGES).map(([type, { schema }]) => [
      type,
      {
        post: {
          summary: isFactType(type) ? FACTS[type].says.en : 'Somebody tried the address.',
          parameters,
          security: [],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: withoutIds(z.toJSONSchema(schema)) } },
          },
          responses: {
            '2XX': { description: 'Taken.' },
            '410': { description: 'Nothing more is wanted at this address.' },
          },
        },
      },
    ]),
  );
}

function operation(
  name: string,
  route: Route,
  shapes: { readonly body: Json | undefined; readonly answer: Json | undefined },
): Json {
  const type = route.sends === 'events' ? 'text/event-stream' : 'application/json';
  const refused = {
    description: 'Refused.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    operationId: name,
    summary: route.summary,
    'x-role': route.role,
    ...(route.role === 'anyone' && { security: [] }),
    ...(route.scope && { security: [{ session: [] }, { access: [route.scope] }] }),
    parameters: [
      ...parameters('path', route.params, route.path),
      ...parameters('query', route.query, route.path),
    ],
    ...(shapes.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: shapes.body } },
      },
    }),
    responses: {
      '200': { description: 'Done.', content: { [type]: { schema: shapes.answer } } },
      default: refused,
    },
  };
}

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined, path: string): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: path.includes(`:${name}`) || required.includes(name),
    schema: shape,
  }));
}

function registry() {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) named.add(schema, { id });
  return named;
}

/** Stands in for a shape that has no name, so that it may refer to those that have one. */
const UNNAMED = 'unnamed';

const uri = (id: string): string => `#/components/schemas/${id}`;

function namedSchemas(): Json {
  const { schemas } = z.toJSONSchema(registry(), { uri, io: 'output' });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIds(schema)]));
}

/**
 * What each shape is written as in an operation, all made in one go: zod goes through every named shape each time.
 * Named ones are referred to.
 */
function writtenShapes(shapes: readonly z.ZodType[], io: 'input' | 'output'): Map<z.ZodType, Json> {
  const known = registry();
  const written = new Map<z.ZodType, Json>();
  const unnamed = new Map<string, z.ZodType>();
  for (const shape of new Set(shapes)) {
    const named = known.get(shape);
    if (named) {
      written.set(shape, { $ref: uri(named.id) });
      continue;
    }
    const id = `${UNNAMED} ${unnamed.size}`;
    unnamed.set(id, shape);
    known.add(shape, { id });
  }
  const { schemas } = z.toJSONSchema(known, { uri, io });
  // One that stands within another has no place of its own in the document.
  const inlined = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(inlined);
    const within = [...unnamed.keys()].find((id) => '$ref' in value && value.$ref === uri(id));
    const whole = within === undefined ? value : withoutIds(schemas[within] ?? {});
    return Object.fromEntries(Object.entries(whole).map(([key, held]) => [key, inlined(held)]));
  };
  for (const [id, shape] of unnamed) written.set(shape, inlined(withoutIds(schemas[id] ?? {})) as Json);
  return written;
}

/** `$id` and `$schema` belong to stand-alone documents; inside OpenAPI they would re-base the references. */
function withoutIds(schema: object): Json {
  const { $id: _id, $schema: _schema, ...rest } = schema as Json;
  return rest;
}
