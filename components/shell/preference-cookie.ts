import { type Preference, preferenceCookieName } from "@/lib/domain/preference-cookie";

/** Kept for a year. */
const yearSeconds = 31_536_000;

/** The line that keeps a choice of this device. `isSecure`: the page came by https. */
export function preferenceLine(name: Preference, value: string, isSecure: boolean): string {
  const secure = isSecure ? "; Secure" : "";
  return `${preferenceCookieName(name, isSecure)}=${encodeURIComponent(value)}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax${secure}`;
}

/** Writes such a choice. */
export function keepPreference(name: Preference, value: string): void {
  document.cookie = preferenceLine(name, value, location.protocol === "https:");
}
