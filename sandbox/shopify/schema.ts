import { buildSchema } from 'graphql';

/** Those of Shopify's types that are served here, each with the members that are. https://shopify.dev/docs/api/admin-graphql/2026-10 */
const types = `
scalar DateTime
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

type Shop { id: ID! name: String! myshopifyDomain: String! currencyCode: CurrencyCode! ianaTimezone: String! }

enum WebhookSubscriptionFormat { JSON XML }
enum WebhookSubscriptionTopic {
  APP_UNINSTALLED ORDERS_CANCELLED ORDERS_CREATE ORDERS_DELETE ORDERS_EDITED ORDERS_FULFILLED ORDERS_PAID
  ORDERS_PARTIALLY_FULFILLED ORDERS_UPDATED REFUNDS_CREATE
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
}
schema { query: QueryRoot mutation: Mutation }
`;

export const schema = buildSchema(types);
