/** A day or a moment as the CRM writes them. Ids and other long numbers are not taken for years. */
export function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?.*)?$/.test(text) && !Number.isNaN(Date.parse(text));
}
