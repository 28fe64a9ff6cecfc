import type { VendorDesk } from '../core/simulator.ts';

/** https://www.typeform.com/developers/create/reference/retrieve-form/ */
export interface FieldRow {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly type: string;
  readonly choices?: readonly string[];
  readonly several?: boolean;
}

export interface FormRow {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly FieldRow[];
  readonly hidden: readonly string[];
}

export interface ResponseRow {
  readonly token: string;
  readonly form: string;
  readonly landed_at: string;
  readonly submitted_at: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly answers: readonly object[];
  readonly score: number | null;
}

export interface WebhookRow {
  readonly id: string;
  readonly form_id: string;
  readonly tag: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly secret: string | null;
  readonly verify_ssl: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** What somebody uploaded with an answer, by its path. */
export interface UploadRow {
  readonly contentType: string;
  readonly text: string;
}

export const typeformTables = (desk: VendorDesk) => ({
  forms: desk.table<FormRow>('forms'),
  responses: desk.table<ResponseRow>('responses'),
  webhooks: desk.table<WebhookRow>('webhooks', { kept: true }),
  uploads: desk.table<UploadRow>('uploads'),
  keys: desk.table<{ readonly token: string }>('keys', { kept: true }),
});

/** A personal token, made once. https://www.typeform.com/developers/get-started/personal-access-token/ */
export function personalToken(desk: VendorDesk): string {
  const { keys } = typeformTables(desk);
  return (keys.get('own') ?? keys.put('own', { token: desk.id('tfp_', 44) })).token;
}

/** Moments as Typeform writes them: whole seconds. */
export const momentText = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;
