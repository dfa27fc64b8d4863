import { createHmac } from "node:crypto";

/**
 * The two documented ways to sign, which contradict each other.
 * A: Unix seconds, and `sha256=` with lower-case hex. B: ISO 8601, and plain Base64.
 */
export type SignatureProfile = "A" | "B";

/** Profile per event type as the vendor's documents describe them; unknown types are signed like the older A. */
export const profileOf: Readonly<Record<string, SignatureProfile>> = {
  "incident.created.v1": "A",
  "agent.investigation.completed.v1": "B",
};

/** The text of `X-CF-Timestamp`. */
export function signedTimestamp(profile: SignatureProfile, at: Date): string {
  return profile === "A"
    ? String(Math.floor(at.getTime() / 1000))
    : at.toISOString().replace("Z", "0000+00:00");
}

/**
 * The text of `X-CF-Signature`: HMAC-SHA256 over the timestamp header, a dot, and the exact bytes of the body.
 * @param secret its UTF-8 bytes are the key, whatever it looks like
 */
export function sign(profile: SignatureProfile, secret: string, timestamp: string, body: Uint8Array): string {
  const hmac = createHmac("sha256", Buffer.from(secret, "utf8")).update(`${timestamp}.`).update(body);
  return profile === "A" ? `sha256=${hmac.digest("hex")}` : hmac.digest("base64");
}
