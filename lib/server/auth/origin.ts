import "server-only";
import { loopbackHosts } from "@/lib/server/env-values";

/**
 * The origin that the person's browser used, when both it and the configured one are this machine under different names
 * (127.0.0.1, localhost): cookies belong to one name, so a redirect must not lead to the other. Otherwise the configured one.
 */
export function originFor(publicUrl: string, host: string | null): string {
  const configured = new URL(publicUrl);
  const text = `${configured.protocol}//${host ?? ""}`;
  if (!loopbackHosts.has(configured.hostname) || !URL.canParse(text)) return configured.origin;
  const asked = new URL(text);
  const isAlias = loopbackHosts.has(asked.hostname) && asked.port === configured.port && asked.host === host;
  return isAlias ? asked.origin : configured.origin;
}
