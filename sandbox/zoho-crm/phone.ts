/**
 * What the CRM takes for a phone number: digits and letters, each with at most a dot or a dash and a space
 * before it, parentheses, then a part behind commas or a semicolon, for who is asked for. No slash, no colon,
 * no dash between two spaces, no digits but ASCII's.
 * https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html
 */
const PHONE =
  /^\+?(?![.-])(?:[.-]? ?[\da-zA-Z]| ?\((?![.-])(?:[ .-]?[\da-zA-Z])+\)(?!\.)(?:[ -]?[\da-zA-Z])?)+(?:,*;?[\da-zA-Z]+)?[#;]?$/;

export const isPhone = (value: string): boolean => PHONE.test(value);
