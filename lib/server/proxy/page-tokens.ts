import "server-only";
import type { OperationId } from "@/lib/contract";
import { canonicalJson } from "@/lib/server/upstream/canonical";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import { type Keys, withAnyKey } from "@/lib/server/vault/any-key";
import { openText, sealText } from "@/lib/server/vault/sealed-text";

/** Where an operation takes and gives upstream's page token. The walk has sealed cursors of its own. */
const places: { readonly [Id in OperationId]?: { readonly query: string; readonly reply: string } } = {
  "gamebooks.history": { query: "pageToken", reply: "pageToken" },
  "investigation.signinLogs": { query: "NextPageLink", reply: "nextPageLink" },
  "investigation.directoryLogs": { query: "NextPageLink", reply: "nextPageLink" },
  "webhooks.deliveryLogs": { query: "continuationToken", reply: "continuationToken" },
};

/** Whom a page token belongs to, and which list it goes on with. */
export interface TokenOwner {
  /** `callerIdOf` of the domain. */
  readonly callerId: string;
  readonly organisationId: string;
  readonly credentialId: string;
}

/** How long somebody may look at a page before asking for the next. */
export const tokenLifetimeMs = 60 * 60_000;

const VERSION = 1;

/** Everything but the token itself: the same list of the same person, asked with the same filter. */
function bindingOf(id: OperationId, values: CallValues, owner: TokenOwner, place: { query: string }): Buffer {
  const { [place.query]: _token, ...filter } = values.query;
  const { callerId, organisationId, credentialId } = owner;
  const bound = ["page-token", VERSION, id, callerId, organisationId, credentialId, values.params, filter];
  return Buffer.from(canonicalJson(bound));
}

/**
 * Upstream's page tokens are addresses of its own making (a sign-in log's is a link that upstream will follow), so the browser
 * holds them sealed: only a token that upstream gave to this person for this very list goes back to it.
 */
export class PageTokens {
  constructor(
    private readonly id: OperationId,
    private readonly owner: TokenOwner,
    private readonly keys: () => Keys,
    private readonly now: () => number,
  ) {}

  /** The input with upstream's own token in the place of the sealed one. Throws `CURSOR_INVALID` or `CURSOR_EXPIRED`. */
  openIn(values: CallValues): CallValues {
    const place = places[this.id];
    const sealed = place && values.query[place.query];
    if (!place || typeof sealed !== "string") return values;
    const binding = bindingOf(this.id, values, this.owner, place);
    const token = withAnyKey(this.keys(), (key) => openText(key, binding, sealed, this.now()));
    return { ...values, query: { ...values.query, [place.query]: token } };
  }

  /** The answer with its token sealed. `data` is not changed. */
  sealIn(values: CallValues, data: unknown): unknown {
    const place = places[this.id];
    if (!place || typeof data !== "object" || data === null) return data;
    const token: unknown = Reflect.get(data, place.reply);
    if (typeof token !== "string") return data;
    const binding = bindingOf(this.id, values, this.owner, place);
    return { ...data, [place.reply]: sealText(this.keys()[0], binding, token, this.now() + tokenLifetimeMs) };
  }
}
