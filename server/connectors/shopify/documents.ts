/** What is asked of the Admin API. https://shopify.dev/docs/api/admin-graphql/2026-10 */

/** Lines in one page of an order: some points each, of the thousand that a query may cost. */
export const LINES = 50;

/** As many as are read of an order, and of what went back. */
const MOST_REFUNDS = 40;

const MONEY = '{ presentmentMoney { amount currencyCode } }';

const OF_ORDERS = `
fragment OfOrders on Order {
  id name test createdAt updatedAt processedAt cancelledAt email phone
  presentmentCurrencyCode discountCodes paymentGatewayNames displayFinancialStatus displayFulfillmentStatus
  totalPriceSet { presentmentMoney { amount currencyCode } shopMoney { amount currencyCode } }
  totalReceivedSet ${MONEY}
  totalOutstandingSet ${MONEY}
  customer { id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
  billingAddress { firstName lastName company phone }
  shippingAddress { firstName lastName company phone }
  refunds(first: ${MOST_REFUNDS}) { id note totalRefundedSet ${MONEY} }
  transactions(first: 40) { kind status processedAt formattedGateway }
}`;

const TAXES = `{ ratePercentage priceSet ${MONEY} }`;

const LINES_OF_ORDERS = `
fragment LinesOfOrders on LineItemConnection {
  nodes {
    id name sku quantity currentQuantity originalTotalSet ${MONEY}
    discountAllocations { allocatedAmountSet ${MONEY} }
    taxLines ${TAXES}
  }
  pageInfo { hasNextPage endCursor }
}`;

/** Lines in one page of a refund. */
export const REFUNDED_LINES = 30;

export const SHOP = 'query Shop { shop { name myshopifyDomain currencyCode } }';

export const ORDER = `query Order($id: ID!, $first: Int!) {
  order(id: $id) {
    ...OfOrders
    taxesIncluded dutiesIncluded
    originalTotalDutiesSet ${MONEY}
    totalTipReceivedSet ${MONEY}
    additionalFees { name price ${MONEY} taxLines ${TAXES} }
    shippingLines(first: 20) { nodes { title isRemoved discountedPriceSet ${MONEY} taxLines ${TAXES} } }
    lineItems(first: $first) { ...LinesOfOrders }
  }
}
${OF_ORDERS}
${LINES_OF_ORDERS}`;

/** The lines that did not fit into the order's first page. */
export const MORE_LINES = `query MoreLines($id: ID!, $first: Int!, $after: String!) {
  order(id: $id) { lineItems(first: $first, after: $after) { ...LinesOfOrders } }
}
${LINES_OF_ORDERS}`;

const REFUNDED = `
fragment RefundedLines on RefundLineItemConnection {
  nodes { quantity subtotalSet ${MONEY} totalTaxSet ${MONEY} lineItem { id name sku } }
  pageInfo { hasNextPage endCursor }
}`;

/** What money was given back for. */
export const GIVEN_BACK = `query GivenBack($id: ID!, $first: Int!) {
  order(id: $id) {
    taxesIncluded
    refunds(first: ${MOST_REFUNDS}) {
      id note createdAt
      totalRefundedSet ${MONEY}
      refundLineItems(first: $first) { ...RefundedLines }
      refundShippingLines(first: 5) {
        nodes { subtotalAmountSet ${MONEY} taxAmountSet ${MONEY} shippingLine { title } }
      }
    }
  }
}
${REFUNDED}`;

/** The lines that did not fit into a refund's first page. */
export const MORE_GIVEN_BACK = `query MoreGivenBack($id: ID!, $first: Int!, $after: String!) {
  refund(id: $id) { refundLineItems(first: $first, after: $after) { ...RefundedLines } }
}
${REFUNDED}`;

export const LISTED = `query Listed($first: Int!, $after: String, $query: String, $sortKey: OrderSortKeys!) {
  orders(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: true) {
    nodes { ...OfOrders }
    pageInfo { hasNextPage endCursor }
  }
}
${OF_ORDERS}`;

export const CHANGED = `query Changed($first: Int!, $after: String, $query: String!) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const SUBSCRIPTIONS = `query Subscriptions($first: Int!, $after: String) {
  webhookSubscriptions(first: $first, after: $after) {
    nodes { id topic uri includeFields }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const SUBSCRIBE = `mutation Subscribe($topic: WebhookSubscriptionTopic!, $wish: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $wish) {
    webhookSubscription { id topic uri includeFields }
    userErrors { field message }
  }
}`;

export const UNSUBSCRIBE = `mutation Unsubscribe($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
}`;

export const LEAVE = 'mutation Leave { appUninstall { app { id } userErrors { field message } } }';

/** What is sold, in one page of a list: some points each, of the thousand that a query may cost. */
export const VARIANTS = 60;

const OF_VARIANTS = `
fragment OfVariants on ProductVariant {
  id sku price title
  product { id title descriptionHtml status hasOnlyDefaultVariant }
  inventoryItem {
    id tracked
    inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity updatedAt } }
  }
}`;

export const SOLD = `query Sold($first: Int!, $after: String, $location: ID!) {
  shop { currencyCode }
  productVariants(first: $first, after: $after, sortKey: ID) {
    nodes { ...OfVariants }
    pageInfo { hasNextPage endCursor }
  }
}
${OF_VARIANTS}`;

export const SOLD_BY_ID = `query SoldById($ids: [ID!]!, $location: ID!) {
  shop { currencyCode }
  nodes(ids: $ids) { ...OfVariants }
}
${OF_VARIANTS}`;

/** How many variants of each product are named at once: most products have fewer. */
export const VARIANTS_AT_ONCE = 10;

/** What announcements name: products, and pieces by what is counted. The two are fields of other shapes. */
export const NAMED = `query Named($ids: [ID!]!, $first: Int!) {
  nodes(ids: $ids) {
    ... on Product { id variants(first: $first) { nodes { id } pageInfo { hasNextPage endCursor } } }
    ... on InventoryItem { id ofItem: variants(first: 1) { nodes { id } } }
  }
}`;

export const VARIANTS_OF = `query VariantsOf($id: ID!, $first: Int!, $after: String) {
  product(id: $id) { variants(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }
}`;

export const LOCATIONS = `query Locations($first: Int!, $after: String) {
  locations(first: $first, after: $after) { nodes { id name isActive } pageInfo { hasNextPage endCursor } }
}`;

export const CHANGE_VARIANTS = `mutation ChangeVariants($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $product, variants: $variants) {
    productVariants { id }
    userErrors { field message code }
  }
}`;

export const CHANGE_PRODUCT = `mutation ChangeProduct($product: ProductUpdateInput!) {
  productUpdate(product: $product) { product { id } userErrors { field message } }
}`;

export const MAKE_PRODUCT = `mutation MakeProduct($identifier: ProductSetIdentifiers!, $input: ProductSetInput!) {
  productSet(identifier: $identifier, input: $input, synchronous: true) {
    product { id variants(first: 1) { nodes { id } } }
    userErrors { field message code }
  }
}`;

export const MOVE_STOCK = `mutation MoveStock($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { field message code }
  }
}`;
