import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Incoming } from '../kit/api.ts';
import { jsonBody, type Members } from '../kit/json-body.ts';
import { Refusal, type Reply } from '../kit/refusal.ts';
import { actualCost, type Cost, MOST_COST, pointsOf, requestedCost } from './cost.ts';
import { openShop } from './notify.ts';
import { believe } from './oauth.ts';
import { rootOf } from './root.ts';
import { schema } from './schema.ts';
import { ownShop, shopOf, VERSION } from './shop.ts';

interface Endpoint {
  readonly method: 'POST';
  readonly path: string;
}

class ShopifyRefusal extends Refusal {
  constructor(status: number, errors: string) {
    super(status, errors, { errors });
  }
}

const unreadable = (): ShopifyRefusal => new ShopifyRefusal(400, 'Bad Request');

interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the document is, or why it is none: Shopify answers that with 200. */
function read(body: Members): Asked | readonly GraphQLError[] {
  try {
    const document = parse(String(body.query ?? ''));
    const errors = validate(schema(), document);
    if (errors.length > 0) return errors;
    const name = typeof body.operationName === 'string' ? body.operationName : null;
    const operation = getOperationAST(document, name);
    if (!operation) return [new GraphQLError('An operation name is required')];
    const given = body.variables;
    const variables = typeof given === 'object' && given !== null ? (given as Asked['variables']) : {};
    return { document, operation, variables };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** The Admin API: one address, where everything is asked and changed. https://shopify.dev/docs/api/admin-graphql */
export function adminApi(desk: VendorDesk): Api<Endpoint> {
  const points = pointsOf(desk);
  const answered = (cost: Cost, body: object): Reply => ({ body: { ...body, extensions: { cost } } });

  async function answer(_endpoint: Endpoint, { request }: Incoming): Promise<Reply> {
    const token = believe(desk, request.get('x-shopify-access-token'));
    if (token === null)
      throw new ShopifyRefusal(
        401,
        '[API] Invalid API key or access token (unrecognized login or wrong password)',
      );
    const asked = read(jsonBody(request, unreadable));
    const cost = (requestedQueryCost: number, actualQueryCost: number | null): Cost => ({
      requestedQueryCost,
      actualQueryCost,
      throttleStatus: points.status(token.shop),
    });
    if (!('document' in asked)) return { body: { errors: asked.map(told) } };
    const wanted = requestedCost(asked.document, asked.operation, asked.variables);
    if (wanted > MOST_COST)
      return answered(cost(wanted, null), {
        errors: [
          coded(
            'MAX_COST_EXCEEDED',
            `Query cost is ${wanted}, which exceeds the single query max cost limit (${MOST_COST}).`,
          ),
        ],
      });
    if (!points.take(token.shop, wanted))
      return answered(cost(wanted, null), { errors: [coded('THROTTLED', 'Throttled')] });
    const shop = shopOf(token.shop) ?? ownShop;
    const result = await execute({
      schema: schema(),
      document: asked.document,
      operationName: asked.operation.name?.value ?? null,
      variableValues: asked.variables,
      rootValue: rootOf(openShop(desk, shop), shop, token.scopes, desk),
    });
    const used =
      asked.operation.operation === 'mutation' ? wanted : Math.min(wanted, actualCost(result.data));
    points.giveBack(token.shop, wanted - used);
    return answered(cost(wanted, used), {
      ...(result.data == null ? {} : { data: result.data }),
      ...(result.errors === undefined ? {} : { errors: result.errors.map(told) }),
    });
  }

  return {
    base: `/admin/api/${VERSION}`,
    operations: [{ method: 'POST', path: '/graphql.json' }],
    answer,
    unknown: () => ({ status: 404, body: { errors: 'Not Found' } }),
  };
}

const coded = (code: string, message: string): GraphQLFormattedError => ({
  message,
  extensions: { code, documentation: 'https://shopify.dev/api/usage/limits' },
});

const told = (error: GraphQLError): GraphQLFormattedError => {
  const { message, path, locations, extensions } = error.toJSON();
  return {
    message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    ...(extensions === undefined ? {} : { extensions }),
  };
};
