import "server-only";
import { cookies } from "next/headers";
import { type Preference, preferenceCookieName } from "@/lib/domain/preference-cookie";
import { env } from "@/lib/server/env";

/** What this device chose, as its cookie says; anybody may have written it. Only inside the drawing of a page. */
export async function readPreference(name: Preference): Promise<string | undefined> {
  // First: at build time there is no request, and this is where Next notices; the environment is not asked then.
  const kept = await cookies();
  return kept.get(preferenceCookieName(name, env().publicUrl.startsWith("https:")))?.value;
}
