/** First segments of the address that are pages or files of Watchfloor itself, so no organisation may be called so. */
const reserved: ReadonlySet<string> = new Set([
  "api",
  "sign-in",
  "sign-out",
  "setup",
  "invitation",
  "invitations",
  "pair",
  "wall",
  "health",
  "icon",
  "static",
  "public",
  "admin",
]);

/** True for a name that can stand in an address: 1 to 40 lower-case letters, digits and inner hyphens. */
export function isOrganisationSlug(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text) && !reserved.has(text);
}
