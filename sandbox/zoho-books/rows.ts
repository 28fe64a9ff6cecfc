/** What the simulator keeps. Amounts end in `Minor`: smallest units of the row's currency. */

export interface PersonRow {
  readonly contact_person_id: string;
  readonly salutation: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly designation: string;
  readonly department: string;
  readonly is_primary_contact: boolean;
}

export interface AddressRow {
  readonly attention: string;
  readonly address: string;
  readonly street2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly phone: string;
  readonly fax: string;
}

export interface ContactRow {
  readonly contact_id: string;
  readonly contact_name: string;
  readonly company_name: string;
  readonly contact_type: 'customer' | 'vendor';
  readonly customer_sub_type: 'business' | 'individual';
  readonly status: 'active' | 'inactive';
  readonly currency_id: string;
  readonly payment_terms: number;
  readonly payment_terms_label: string;
  readonly website: string;
  readonly notes: string;
  readonly persons: readonly PersonRow[];
  readonly billing_address: AddressRow;
  readonly shipping_address: AddressRow;
  readonly custom_fields: readonly object[];
  /** Ids of the CRM's records that the contact is linked with; '' when it is not. */
  readonly zcrm_contact_id: string;
  readonly zcrm_account_id: string;
  readonly created: string;
  readonly modified: string;
}

export interface LineRow {
  readonly line_item_id: string;
  readonly item_id: string;
  /** The line of a sales order that it invoices. */
  readonly salesorder_item_id?: string;
  readonly name: string;
  readonly description: string;
  readonly rate: number;
  readonly quantity: number;
  readonly tax_id: string;
  readonly totalMinor: number;
  readonly taxMinor: number;
}

export const FREQUENCIES = ['days', 'weeks', 'months', 'years'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** A profile from which invoices are made. */
export interface RecurringRow {
  readonly recurring_invoice_id: string;
  readonly recurrence_name: string;
  readonly reference_number: string;
  readonly customer_id: string;
  readonly currency_id: string;
  readonly status: 'active' | 'stopped' | 'expired';
  readonly start_date: string;
  /** '' where none is set, as `last_sent_date` before the first invoice and `next_invoice_date` after the last one. */
  readonly end_date: string;
  readonly last_sent_date: string;
  readonly next_invoice_date: string;
  readonly recurrence_frequency: Frequency;
  readonly repeat_every: number;
  readonly lines: readonly LineRow[];
  readonly subTotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly created: string;
  readonly modified: string;
}

export interface InvoiceRow {
  readonly invoice_id: string;
  /** The profile that made it. */
  readonly recurring_invoice_id?: string;
  readonly invoice_number: string;
  readonly customer_id: string;
  readonly currency_id: string;
  readonly exchange_rate: number;
  /** What a person set; paid, partially paid and overdue follow from the amounts and the day. */
  readonly set: 'draft' | 'sent' | 'void';
  readonly date: string;
  readonly due_date: string;
  readonly reference_number: string;
  readonly lines: readonly LineRow[];
  readonly subTotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Absent on rows of an earlier version. */
  readonly adjustmentMinor?: number;
  readonly adjustment?: string;
  readonly paidMinor: number;
  readonly creditsMinor: number;
  readonly last_payment_date: string;
  readonly notes: string;
  readonly terms: string;
  readonly custom_fields: readonly object[];
  readonly is_emailed: boolean;
  readonly created: string;
  readonly modified: string;
}

export interface CommentRow {
  readonly comment_id: string;
  readonly invoice_id: string;
  readonly description: string;
  readonly commented_by: string;
  readonly comment_type: 'client' | 'internal' | 'system';
  readonly operation_type: string;
  readonly created: string;
}

export interface AppliedRow {
  readonly invoice_id: string;
  readonly invoice_payment_id: string;
  readonly minor: number;
}

export interface PaymentRow {
  readonly payment_id: string;
  readonly payment_number: number;
  readonly customer_id: string;
  readonly currency_id: string;
  readonly exchange_rate: number;
  readonly payment_mode: string;
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly bankChargesMinor: number;
  readonly date: string;
  readonly reference_number: string;
  readonly description: string;
  readonly account_id: string;
  readonly applied: readonly AppliedRow[];
  readonly created: string;
  readonly modified: string;
}

export interface RefundRow {
  readonly payment_refund_id: string;
  readonly payment_id: string;
  readonly date: string;
  readonly refund_mode: string;
  readonly reference_number: string;
  readonly description: string;
  readonly from_account_id: string;
  readonly amountMinor: number;
  readonly exchange_rate: number;
}

/** Money of a credit note that went back to its customer. */
export interface CreditRefundRow {
  readonly creditnote_refund_id: string;
  readonly date: string;
  readonly refund_mode: string;
  readonly reference_number: string;
  readonly description: string;
  readonly from_account_id: string;
  readonly amountMinor: number;
}

/** Money that went from one account to another. */
export interface TransferRow {
  readonly transaction_id: string;
  readonly from_account_id: string;
  readonly to_account_id: string;
  readonly currency_id: string;
  readonly amountMinor: number;
  readonly date: string;
  readonly reference_number: string;
  readonly description: string;
  readonly created: string;
}

export interface ExpenseRow {
  readonly expense_id: string;
  readonly account_id: string;
  readonly paid_through_account_id: string;
  readonly currency_id: string;
  readonly amountMinor: number;
  readonly date: string;
  readonly reference_number: string;
  readonly description: string;
  readonly created: string;
  readonly modified: string;
}

export interface CreditNoteRow {
  readonly creditnote_id: string;
  readonly creditnote_number: string;
  readonly customer_id: string;
  readonly currency_id: string;
  readonly date: string;
  readonly reference_number: string;
  readonly lines: readonly LineRow[];
  readonly totalMinor: number;
  readonly balanceMinor: number;
  /** What of it was credited to invoices. */
  readonly credited: readonly AppliedRow[];
  /** What of it was paid back; absent on rows of an earlier version. */
  readonly refunds?: readonly CreditRefundRow[];
  readonly notes: string;
  readonly created: string;
  readonly modified: string;
}
