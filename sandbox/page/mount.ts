import type { Request } from 'express';
import type { Html } from './html.ts';
import type { View } from './view.ts';

/** How a page is answered; undefined: there is no such page. */
export type Answer =
  | Html
  /** `frames`: the one origin whose pages may stand in it. */
  | { readonly html: Html; readonly status: number; readonly frames?: string }
  | { readonly goTo: string; readonly cookie?: string }
  | { readonly json: object }
  /** Kept, and never opened in the page's own name. */
  | { readonly file: string; readonly bytes: Uint8Array }
  | undefined;

/** Puts a page at a path. */
export type Mount = (
  method: 'get' | 'post',
  path: string,
  answer: (view: View, request: Request) => Answer | Promise<Answer>,
) => void;
