import { GoogleRefusal } from '../google/refusal.ts';

/** Ends a request with Google's error body. */
export class SheetsRefusal extends GoogleRefusal {
  constructor(code: 400 | 403 | 404 | 429, message: string) {
    super(code, message);
  }
}
