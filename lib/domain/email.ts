/**
 * An e-mail address in the one form that is stored and compared: lower case, printable ASCII. Null when it is none.
 * Other scripts are refused, because two letters that look alike must not be two accounts, or one.
 */
export function normaliseEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return /^[\x21-\x3f\x41-\x7e]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(email) &&
    email.length <= 254
    ? email
    : null;
}
