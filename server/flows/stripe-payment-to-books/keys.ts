/** The names under which the flow remembers what it made, and under which runs wait for each other. */
export const keys = {
  /** The invoice in Books by which a movement of money is booked. */
  booked: (identity: string): string => `booked ${identity}`,
  /** Which movement another id means: a charge's intent. */
  alias: (id: string): string => `means ${id}`,
  /** The customer in Books of a payer, who is invoiced in one currency. */
  customer: (payer: string, currency: string): string => `customer ${payer} ${currency}`,
  /** The invoice that others made in Books, and that a movement settles. */
  sent: (identity: string): string => `sent ${identity}`,
  /** That the fee of a movement is to be recorded. */
  feeDue: (identity: string): string => `fee due ${identity}`,
  /** That it was. */
  feeDone: (identity: string): string => `fee done ${identity}`,
  /**
   * How the money of a dispute is carried: the two accounts that it goes between, or that it is only said in words because
   * it was said so already when documents came to be wished.
   */
  disputed: (id: string): string => `disputed ${id}`,
  /** Whoever records a payout does so alone. */
  payout: (id: string): string => `payout ${id}`,
  /** Between which accounts of Books a payout went: what fails goes back between the same. */
  paidOut: (id: string): string => `paid out ${id}`,
  /** Whoever keeps the recurring invoice of a subscription does so alone. */
  subscription: (id: string): string => `subscription ${id}`,
  /** How often it was looked at: what was read before another look is read again. */
  looks: (id: string): string => `looks at ${id}`,
  /** That it began while recurring invoices were wished. */
  begun: (id: string): string => `begun ${id}`,
  /** The first day of its last period whose payment got an invoice of its own. */
  apart: (id: string): string => `apart ${id}`,
  /** Why it is no recurring invoice, as it was said last, and the event with which it was. */
  said: (id: string): string => `said of ${id}`,
  /** That some subscription has a recurring invoice: otherwise no payment is asked which it is of. */
  anyProfile: 'profiles',
  /** Whoever books a movement, or notes something on its invoice, does so alone. */
  lock: (identity: string): string => `payment ${identity}`,
};
