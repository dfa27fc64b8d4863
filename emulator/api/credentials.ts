import { openedBy, type Credential, type ServiceAccount } from "../accounts/account";
import { ApiProblem } from "../http/problem";
import type { Realm, World } from "../world/world";

export interface Caller {
  readonly realm: Realm;
  readonly account: ServiceAccount;
  readonly credential: Credential;
}

const refused = (detail: string) =>
  new ApiProblem("UNAUTHORIZED", detail, {
    headers: { "www-authenticate": 'Basic realm="ContraForce", charset="UTF-8"' },
  });

function pairOf(header: string): { clientId: string; secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? null : { clientId: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/**
 * Who is calling, by HTTP Basic. Which organisation is meant follows from the client id.
 * @throws ApiProblem 401, in the same words for an unknown account, a wrong secret, a disabled account and a revoked or
 *   expired credential
 */
export function authenticate(world: World, header: string | undefined): Caller {
  if (header === undefined) throw refused("The request carries no credentials.");
  const pair = pairOf(header);
  if (pair === null) throw refused("The Authorization header is not HTTP Basic.");
  const now = world.clock.now();
  for (const realm of world.realms) {
    const account = realm.accounts.find(pair.clientId);
    if (account === null) continue;
    const credential = openedBy(account, pair.secret, now);
    if (credential === null) break;
    credential.lastUsedAt = now;
    account.lastUsedAt = now;
    return { realm, account, credential };
  }
  throw refused("The credentials are not valid.");
}
