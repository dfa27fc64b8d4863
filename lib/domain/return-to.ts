/** Any origin will do: it only shows whether an address stays on its own. */
const probe = "http://own.invalid";

/**
 * A place to go back to after sign-in: a path on this very site, as given by an address bar, so by anybody. Null for
 * whatever would lead elsewhere, to an API route or in a circle.
 */
export function safeReturnTo(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2000 || /[\u0000-\u001f\u007f\\]/.test(value)) return null;
  if (!value.startsWith("/") || value.startsWith("//") || !URL.canParse(value, probe)) return null;
  const url = new URL(value, probe);
  if (url.origin !== probe) return null;
  // "/.//host" and its like come out of the parser as "//host".
  if (url.pathname.startsWith("//") || /^\/(api|sign-in|setup|_next)(\/|$)/.test(url.pathname)) return null;
  return `${url.pathname}${url.search}`;
}

/** The path of an absolute address, as next-auth keeps the way back; whose address it was does not matter then. */
export function pathOfAddress(value: unknown): string | null {
  if (typeof value !== "string" || !/^https?:\/\//.test(value) || !URL.canParse(value)) return null;
  const { pathname, search } = new URL(value);
  return safeReturnTo(`${pathname}${search}`);
}
