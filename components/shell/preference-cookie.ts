/** A choice of this device that the server must know before it draws: kept for a year, holds nothing private. */
const yearSeconds = 31_536_000;

/** Writes such a choice. The names are "theme" and "zone". */
export function keepPreference(name: "theme" | "zone", value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax${secure}`;
}
