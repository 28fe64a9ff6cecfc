import { z } from 'zod';
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
  for (const [name, route] of Object.entries(ROUTES) as [string, Route][]) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
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
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { ...namedSchemas(), Problem: problem },
    },
  };
}

function operation(name: string, route: Route): Json {
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
    parameters: [
      ...parameters('path', route.params, route.path),
      ...parameters('query', route.query, route.path),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: {
      '200': { description: 'Done.', content: { [type]: { schema: schemaOf(route.answer, 'output') } } },
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

/** Stands in for the shape at hand, so that it may refer to the named ones. */
const UNNAMED = 'unnamed';

const uri = (id: string): string => `#/components/schemas/${id}`;

function namedSchemas(): Json {
  const { schemas } = z.toJSONSchema(registry(), { uri, io: 'output' });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIds(schema)]));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const named = registry();
  const known = named.get(schema);
  if (known) return { $ref: uri(known.id) };
  named.add(schema, { id: UNNAMED });
  const { schemas } = z.toJSONSchema(named, { uri, io });
  return withoutIds(schemas[UNNAMED] ?? {});
}

/** `$id` and `$schema` belong to stand-alone documents; inside OpenAPI they would re-base the references. */
function withoutIds(schema: object): Json {
  const { $id: _id, $schema: _schema, ...rest } = schema as Json;
  return rest;
}
