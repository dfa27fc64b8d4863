import "server-only";
import { Agent, request } from "undici";
import type { ConnectionInput } from "@/lib/server/connection/connection";
import { allowedDestinations } from "@/lib/server/upstream/allowed-destinations";

/** How upstream took a credential. `unclear` carries a short reason; the credential may be right all the same. */
export type Probe =
  | { readonly verdict: "accepted" }
  | { readonly verdict: "refused" }
  | { readonly verdict: "unclear"; readonly reason: string };

const limitMs = 10_000;

/**
 * Shows a credential to upstream once, with a read that needs no workspace (`GET /users/profile`). 403 means that upstream knows it and
 * it lacks the scope, which is enough here. Redirects are not followed: the credential goes to the configured address and nowhere else.
 */
export async function probeCredential(input: ConnectionInput): Promise<Probe> {
  const pair = Buffer.from(`${input.clientId}:${input.clientSecret.reveal()}`).toString("base64");
  const destinations = allowedDestinations();
  const agent = new Agent({ connect: { timeout: limitMs / 2, lookup: destinations.lookup } });
  try {
    destinations.check(new URL(input.baseUrl));
    const answer = await request(`${input.baseUrl}/users/profile`, {
      dispatcher: agent,
      headers: { authorization: `Basic ${pair}`, accept: "application/json" },
      headersTimeout: limitMs,
      signal: AbortSignal.timeout(limitMs),
    });
    const { statusCode: status } = answer;
    if (status === 401) return { verdict: "refused" };
    if ((status >= 200 && status < 300) || status === 403) return { verdict: "accepted" };
    return { verdict: "unclear", reason: `it answered ${status}` };
  } catch (error) {
    const code =
      error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "no answer";
    return { verdict: "unclear", reason: `it cannot be reached (${code})` };
  } finally {
    await agent.destroy();
  }
}
