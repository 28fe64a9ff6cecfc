import type { Request, Response } from 'express';
import { bodyOf } from '../core/body.ts';
import { type Fields, isFields } from './fields.ts';
import { Refusal } from './refusal.ts';

/** Every answer of Books carries a code, 0 for success, and a message. */
export function answer(response: Response, members: object, message = 'success', status = 200): void {
  response.status(status).json({ code: 0, message, ...members });
}

/** The JSON object of a request, sent as the body or, as older clients do, in the form field JSONString. */
export function bodyFields(request: Request): Fields {
  const { json, form } = bodyOf(request);
  const value = json ?? (form.JSONString === undefined ? undefined : parsed(form.JSONString));
  if (!isFields(value)) throw new Refusal(400, 4, 'Invalid value passed for JSONString');
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
