import { buildSchema, type GraphQLSchema } from 'graphql';

/** Those of Shopify's types that are served here, each with the members that are. https://shopify.dev/docs/api/admin-graphql/2026-10 */
const types = `
directive @idempotent(key: String!) on FIELD
scalar DateTime
scalar HTML
scalar Money
scalar Decimal
enum CurrencyCode { AED AUD BHD CAD CHF CNY CZK DKK EUR GBP HKD HUF INR JPY KRW KWD MXN NOK NZD PLN RON SEK SGD TND USD ZAR }

type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
type MoneyBag { presentmentMoney: MoneyV2! shopMoney: MoneyV2! }
type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }
type TaxLine { title: String! rate: Float ratePercentage: Float priceSet: MoneyBag! }
type DiscountAllocation { allocatedAmountSet: MoneyBag! }

type LineItem {
  id: ID!
  name: String!
  title: String!
  sku: String
  quantity: Int!
  currentQuantity: Int!
  originalTotalSet: MoneyBag!
  originalUnitPriceSet: MoneyBag!
  discountAllocations: [DiscountAllocation!]!
  taxLines(first: Int): [TaxLine!]!
  isGiftCard: Boolean!
}
type LineItemConnection { nodes: [LineItem!]! pageInfo: PageInfo! }

type ShippingLine {
  id: ID
  title: String!
  isRemoved: Boolean!
  discountedPriceSet: MoneyBag!
  originalPriceSet: MoneyBag!
  taxLines: [TaxLine!]!
}
type ShippingLineConnection { nodes: [ShippingLine!]! pageInfo: PageInfo! }

type AdditionalFee { id: ID! name: String! price: MoneyBag! taxLines: [TaxLine!]! }

type RefundLineItem { id: ID quantity: Int! lineItem: LineItem! subtotalSet: MoneyBag! totalTaxSet: MoneyBag! }
type RefundShippingLine { id: ID! shippingLine: ShippingLine! subtotalAmountSet: MoneyBag! taxAmountSet: MoneyBag! }
type RefundShippingLineConnection { nodes: [RefundShippingLine!]! pageInfo: PageInfo! }
type RefundLineItemConnection { nodes: [RefundLineItem!]! pageInfo: PageInfo! }
type Refund {
  id: ID!
  createdAt: DateTime
  note: String
  totalRefundedSet: MoneyBag!
  refundLineItems(first: Int, after: String, last: Int, before: String): RefundLineItemConnection!
  refundShippingLines(first: Int, after: String, last: Int, before: String): RefundShippingLineConnection!
}

enum OrderTransactionKind { AUTHORIZATION CAPTURE CHANGE EMV_AUTHORIZATION REFUND SALE SUGGESTED_REFUND VOID }
enum OrderTransactionStatus { AWAITING_RESPONSE ERROR FAILURE PENDING SUCCESS UNKNOWN }
type OrderTransaction {
  id: ID!
  kind: OrderTransactionKind!
  status: OrderTransactionStatus!
  processedAt: DateTime
  gateway: String
  formattedGateway: String
  amountSet: MoneyBag!
  test: Boolean!
}

type CustomerEmailAddress { emailAddress: String! }
type CustomerPhoneNumber { phoneNumber: String! }
type Customer {
  id: ID!
  firstName: String
  lastName: String
  defaultEmailAddress: CustomerEmailAddress
  defaultPhoneNumber: CustomerPhoneNumber
}
type MailingAddress { id: ID! firstName: String lastName: String company: String phone: String }

enum OrderDisplayFinancialStatus { AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED }
enum OrderDisplayFulfillmentStatus {
  FULFILLED FULFILLMENT_NOT_REQUIRED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED PENDING_FULFILLMENT REQUEST_DECLINED
  RESTOCKED SCHEDULED UNFULFILLED
}
enum OrderSortKeys {
  CREATED_AT CURRENT_TOTAL_PRICE CUSTOMER_NAME DESTINATION FINANCIAL_STATUS FULFILLMENT_STATUS ID ORDER_NUMBER PO_NUMBER
  PROCESSED_AT RELEVANCE TOTAL_ITEMS_QUANTITY TOTAL_PRICE UPDATED_AT
}

type Order {
  id: ID!
  name: String!
  test: Boolean!
  createdAt: DateTime!
  updatedAt: DateTime!
  processedAt: DateTime!
  cancelledAt: DateTime
  email: String
  phone: String
  currencyCode: CurrencyCode!
  presentmentCurrencyCode: CurrencyCode!
  taxesIncluded: Boolean!
  dutiesIncluded: Boolean!
  edited: Boolean!
  fullyPaid: Boolean!
  discountCodes: [String!]!
  paymentGatewayNames: [String!]!
  displayFinancialStatus: OrderDisplayFinancialStatus
  displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
  totalPriceSet: MoneyBag!
  currentTotalPriceSet: MoneyBag!
  originalTotalDutiesSet: MoneyBag
  totalTipReceivedSet: MoneyBag!
  totalReceivedSet: MoneyBag!
  totalOutstandingSet: MoneyBag!
  totalRefundedSet: MoneyBag!
  totalTaxSet: MoneyBag
  customer: Customer
  billingAddress: MailingAddress
  shippingAddress: MailingAddress
  additionalFees: [AdditionalFee!]!
  lineItems(first: Int, after: String, last: Int, before: String, reverse: Boolean = false): LineItemConnection!
  shippingLines(first: Int, after: String, last: Int, before: String, includeRemovals: Boolean = false, reverse: Boolean = false): ShippingLineConnection!
  refunds(first: Int): [Refund!]!
  transactions(first: Int, capturable: Boolean, manuallyResolvable: Boolean): [OrderTransaction!]!
}
type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }

interface Node { id: ID! }
enum ProductStatus { ACTIVE ARCHIVED DRAFT UNLISTED }
type Location implements Node { id: ID! name: String! isActive: Boolean! }
type LocationConnection { nodes: [Location!]! pageInfo: PageInfo! }
type InventoryQuantity { id: ID! name: String! quantity: Int! updatedAt: DateTime }
type InventoryLevel { id: ID! quantities(names: [String!]!): [InventoryQuantity!]! }
type InventoryItem implements Node {
  id: ID!
  sku: String
  tracked: Boolean!
  inventoryLevel(locationId: ID!, includeInactive: Boolean = false): InventoryLevel
  variants(first: Int, after: String, last: Int, before: String): ProductVariantConnection
}
type SelectedOption { name: String! value: String! }
type ProductVariant implements Node {
  id: ID!
  sku: String
  title: String!
  price: Money!
  updatedAt: DateTime!
  selectedOptions: [SelectedOption!]!
  product: Product!
  inventoryItem: InventoryItem!
}
type ProductVariantConnection { nodes: [ProductVariant!]! pageInfo: PageInfo! }
type Product implements Node {
  id: ID!
  title: String!
  handle: String!
  descriptionHtml: HTML!
  status: ProductStatus!
  hasOnlyDefaultVariant: Boolean!
  updatedAt: DateTime!
  variants(first: Int, after: String, last: Int, before: String): ProductVariantConnection!
}
enum ProductVariantSortKeys { ID SKU TITLE }
input InventoryItemInput { sku: String tracked: Boolean }
input ProductVariantsBulkInput { id: ID price: Money inventoryItem: InventoryItemInput }
input ProductUpdateInput { id: ID title: String descriptionHtml: String status: ProductStatus handle: String }
input ProductSetIdentifiers { id: ID handle: String }
input OptionValueSetInput { name: String }
input OptionSetInput { name: String values: [OptionValueSetInput!] }
input VariantOptionValueInput { name: String optionName: String }
input ProductSetInventoryInput { locationId: ID! name: String! quantity: Int! }
input ProductVariantSetInput {
  optionValues: [VariantOptionValueInput!]!
  sku: String
  price: Money
  inventoryItem: InventoryItemInput
  inventoryQuantities: [ProductSetInventoryInput!]
}
input ProductSetInput {
  title: String
  handle: String
  descriptionHtml: String
  status: ProductStatus
  productOptions: [OptionSetInput!]
  variants: [ProductVariantSetInput!]
}
input InventoryChangeInput { delta: Int! inventoryItemId: ID! locationId: ID! changeFromQuantity: Int ledgerDocumentUri: String }
input InventoryAdjustQuantitiesInput { name: String! reason: String! referenceDocumentUri: String changes: [InventoryChangeInput!]! }
enum ProductVariantsBulkUpdateUserErrorCode { PRODUCT_DOES_NOT_EXIST PRODUCT_VARIANT_DOES_NOT_EXIST NEGATIVE_PRICE_VALUE INVALID_INPUT }
type ProductVariantsBulkUpdateUserError { code: ProductVariantsBulkUpdateUserErrorCode field: [String!] message: String! }
type ProductVariantsBulkUpdatePayload {
  product: Product
  productVariants: [ProductVariant!]
  userErrors: [ProductVariantsBulkUpdateUserError!]!
}
type ProductUpdatePayload { product: Product userErrors: [UserError!]! }
enum ProductSetUserErrorCode { INVALID_INPUT INVALID_PRODUCT INVALID_VARIANT HANDLE_NOT_UNIQUE }
type ProductSetUserError { code: ProductSetUserErrorCode field: [String!] message: String! }
type ProductSetPayload { product: Product userErrors: [ProductSetUserError!]! }
enum InventoryAdjustQuantitiesUserErrorCode {
  CHANGE_FROM_QUANTITY_STALE IDEMPOTENCY_CONCURRENT_REQUEST IDEMPOTENCY_KEY_PARAMETER_MISMATCH
  IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED INVALID_INVENTORY_ITEM INVALID_LOCATION INVALID_QUANTITY_NAME INVALID_REASON
  NON_MUTABLE_INVENTORY_ITEM
}
type InventoryAdjustQuantitiesUserError { code: InventoryAdjustQuantitiesUserErrorCode field: [String!] message: String! }
type InventoryAdjustmentGroup { id: ID! reason: String! createdAt: DateTime! }
type InventoryAdjustQuantitiesPayload {
  inventoryAdjustmentGroup: InventoryAdjustmentGroup
  userErrors: [InventoryAdjustQuantitiesUserError!]!
}

type Shop { id: ID! name: String! myshopifyDomain: String! currencyCode: CurrencyCode! ianaTimezone: String! }

enum WebhookSubscriptionFormat { JSON XML }
enum WebhookSubscriptionTopic {
  APP_UNINSTALLED INVENTORY_LEVELS_UPDATE ORDERS_CANCELLED ORDERS_CREATE ORDERS_DELETE ORDERS_EDITED ORDERS_FULFILLED ORDERS_PAID
  ORDERS_PARTIALLY_FULFILLED ORDERS_UPDATED PRODUCTS_CREATE PRODUCTS_DELETE PRODUCTS_UPDATE REFUNDS_CREATE
}
type WebhookSubscription {
  id: ID!
  topic: WebhookSubscriptionTopic!
  uri: String!
  format: WebhookSubscriptionFormat!
  includeFields: [String!]!
  createdAt: DateTime!
  updatedAt: DateTime!
}
type WebhookSubscriptionConnection { nodes: [WebhookSubscription!]! pageInfo: PageInfo! }
input WebhookSubscriptionInput { uri: String format: WebhookSubscriptionFormat includeFields: [String!] filter: String }
type UserError { field: [String!] message: String! }
type WebhookSubscriptionCreatePayload { webhookSubscription: WebhookSubscription userErrors: [UserError!]! }
type WebhookSubscriptionDeletePayload { deletedWebhookSubscriptionId: ID userErrors: [UserError!]! }

type App { id: ID! title: String! }
enum AppUninstallAppUninstallErrorCode { APP_NOT_FOUND APP_NOT_INSTALLED APP_UNINSTALL_ERROR USER_PERMISSIONS_INSUFFICIENT }
type AppUninstallAppUninstallError { code: AppUninstallAppUninstallErrorCode field: [String!] message: String! }
type AppUninstallPayload { app: App userErrors: [AppUninstallAppUninstallError!]! }

type QueryRoot {
  shop: Shop!
  order(id: ID!): Order
  refund(id: ID!): Refund
  orders(
    first: Int, after: String, last: Int, before: String, query: String, reverse: Boolean = false
    sortKey: OrderSortKeys = PROCESSED_AT
  ): OrderConnection!
  nodes(ids: [ID!]!): [Node]!
  product(id: ID!): Product
  productVariants(
    first: Int, after: String, last: Int, before: String, query: String, reverse: Boolean = false
    sortKey: ProductVariantSortKeys = ID
  ): ProductVariantConnection!
  locations(first: Int, after: String, last: Int, before: String, includeInactive: Boolean = false): LocationConnection!
  webhookSubscriptions(
    first: Int, after: String, last: Int, before: String, reverse: Boolean = false
    topics: [WebhookSubscriptionTopic!], uri: String
  ): WebhookSubscriptionConnection!
}
type Mutation {
  webhookSubscriptionCreate(
    topic: WebhookSubscriptionTopic!, webhookSubscription: WebhookSubscriptionInput!
  ): WebhookSubscriptionCreatePayload
  webhookSubscriptionDelete(id: ID!): WebhookSubscriptionDeletePayload
  appUninstall: AppUninstallPayload
  productVariantsBulkUpdate(
    productId: ID!, variants: [ProductVariantsBulkInput!]!, allowPartialUpdates: Boolean = false
  ): ProductVariantsBulkUpdatePayload
  productUpdate(product: ProductUpdateInput): ProductUpdatePayload
  productSet(
    identifier: ProductSetIdentifiers, input: ProductSetInput!, synchronous: Boolean = true
  ): ProductSetPayload
  inventoryAdjustQuantities(input: InventoryAdjustQuantitiesInput!): InventoryAdjustQuantitiesPayload
}
schema { query: QueryRoot mutation: Mutation }
`;

let built: GraphQLSchema | undefined;

/** Built with the first call: where nobody asks a shop, it is not needed. */
export function schema(): GraphQLSchema {
  built ??= buildSchema(types);
  return built;
}
