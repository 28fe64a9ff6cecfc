import {
  type DocumentNode,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { VendorDesk } from '../core/simulator.ts';
import { schema } from './schema.ts';

/** What one query may cost at most. https://shopify.dev/docs/api/usage/limits#single-query-limit */
export const MOST_COST = 1_000;
/** https://shopify.dev/docs/api/usage/limits#rate-limits: a standard shop's points, and how many come a second. */
const POINTS = 2_000;
const PER_SECOND = 100;
const MUTATION = 10;
/** A variant with its product and its count. */
const OF_A_NODE = 5;

export interface Cost {
  readonly requestedQueryCost: number;
  readonly actualQueryCost: number | null;
  readonly throttleStatus: {
    readonly maximumAvailable: number;
    readonly currentlyAvailable: number;
    readonly restoreRate: number;
  };
}

/** An object is a point, a connection two and what its page could hold; what is plain is free. */
export function requestedCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === 'FragmentDefinition' ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  );
  const ofSet = (set: SelectionSetNode | undefined, type: GraphQLOutputType, page: number): number =>
    (set?.selections ?? []).reduce((sum, selection) => {
      if (selection.kind === 'FragmentSpread')
        return sum + ofSet(fragments.get(selection.name.value), type, page);
      if (selection.kind === 'InlineFragment') return sum + ofSet(selection.selectionSet, type, page);
      // What is asked by ids is as many objects.
      if (selection.name.value === 'nodes' && type === schema().getQueryType())
        return sum + (Array.isArray(variables.ids) ? variables.ids.length : 1) * OF_A_NODE;
      const named = getNamedType(type);
      const field = isObjectType(named) ? named.getFields()[selection.name.value] : undefined;
      if (field === undefined || selection.selectionSet === undefined) return sum;
      const inner = getNamedType(field.type);
      const isConnection = inner.name.endsWith('Connection');
      const given = selection.arguments?.find(({ name }) => name.value === 'first')?.value;
      const size =
        given?.kind === 'Variable'
          ? Number(variables[given.name.value] ?? 1)
          : given?.kind === 'IntValue'
            ? Number(given.value)
            : 1;
      if (isConnection) return sum + 2 + ofSet(selection.selectionSet, field.type, size);
      const times = selection.name.value === 'nodes' ? page : 1;
      return sum + times * (1 + ofSet(selection.selectionSet, field.type, 1));
    }, 0);
  if (operation.operation === 'mutation') return MUTATION;
  const root = schema().getQueryType();
  return root ? ofSet(operation.selectionSet, root, 1) : 0;
}

/** What came of it: each object a point. */
export function actualCost(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, one) => sum + actualCost(one), 0);
  if (typeof data !== 'object' || data === null) return 0;
  return 1 + Object.values(data).reduce((sum: number, one) => sum + actualCost(one), 0);
}

/** Points of one shop and application, which come back with time. Held in memory: a restart forgives. */
export function pointsOf(desk: VendorDesk) {
  const held = new Map<string, { left: number; at: number }>();
  const bounds = () => {
    const asked = desk.requestsPerMinute();
    const factor = asked === undefined ? desk.limitFactor : (asked * MUTATION) / 60 / PER_SECOND;
    return {
      most: Math.max(MOST_COST, POINTS * Math.min(factor, desk.limitFactor)),
      rate: PER_SECOND * factor,
    };
  };
  const leftOf = (shop: string): number => {
    const { most, rate } = bounds();
    const known = held.get(shop);
    if (known === undefined) return most;
    return Math.min(most, known.left + (Math.max(0, desk.clock().getTime() - known.at) / 1_000) * rate);
  };
  const keep = (shop: string, left: number): void => {
    held.set(shop, { left, at: desk.clock().getTime() });
  };
  const status = (shop: string): Cost['throttleStatus'] => {
    const { most, rate } = bounds();
    return { maximumAvailable: most, currentlyAvailable: Math.floor(leftOf(shop)), restoreRate: rate };
  };
  return {
    status,
    /** Whether there are enough of them; they are then taken. */
    take(shop: string, points: number): boolean {
      const left = leftOf(shop);
      if (left < points) return false;
      keep(shop, left - points);
      return true;
    },
    /** What was taken and not used. */
    giveBack: (shop: string, points: number): void => keep(shop, leftOf(shop) + points),
  };
}
