/** Any origin will do: it only shows whether an address stays on its own. */
const probe = "http://own.invalid";

/**
 * A place to go back to after sign-in: a path on this very site, as given by an address bar, so by anybody. Null for
 * whatever would lead elsewhere, to an API route or in a circle. `ownOrigin` lets an absolute address of this site
 * through, as next-auth keeps it.
 */
export function safeReturnTo(value: unknown, ownOrigin?: string): string | null {
  if (typeof value !== "string" || value.length > 2000 || /[\u0000-\u001f\u007f\\]/.test(value)) return null;
  const own = ownOrigin !== undefined && value.startsWith(`${ownOrigin}/`);
  const path = own ? value.slice(ownOrigin.length) : value;
  if (!path.startsWith("/") || path.startsWith("//") || !URL.canParse(path, probe)) return null;
  const url = new URL(path, probe);
  if (url.origin !== probe) return null;
  // "/.//host" and its like come out of the parser as "//host".
  if (url.pathname.startsWith("//") || /^\/(api|sign-in|setup|_next)(\/|$)/.test(url.pathname)) return null;
  return `${url.pathname}${url.search}`;
}
