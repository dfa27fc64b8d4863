import type { UpstreamConnection } from "@/lib/server/connection/connection";
import { Secret } from "@/lib/server/secret";

export const testClientId = "3f1f6b0e-6a0c-4f5c-9a44-0c6f3f6f7a11";
export const testSecret = "canary~client+secret/with=odd&characters-7b41";
export const testPair = Buffer.from(`${testClientId}:${testSecret}`, "utf8").toString("base64");

/** A connection of a test's own credential; `credentialId` keeps cool-downs and funds of tests apart. */
export function testConnection(
  baseUrl: string,
  overrides: Partial<UpstreamConnection> = {},
): UpstreamConnection {
  return {
    organisationId: "organisation-main",
    baseUrl,
    credentialId: "credential-main",
    clientId: testClientId,
    clientSecret: new Secret(testSecret),
    ...overrides,
  };
}
