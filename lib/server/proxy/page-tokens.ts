import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { OperationId } from "@/lib/contract";
import { Failure } from "@/lib/errors";
import { canonicalJson } from "@/lib/server/upstream/canonical";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import { type Keys, withAnyKey } from "@/lib/server/vault/any-key";

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
const IV_BYTES = 12;
const TAG_BYTES = 16;
const EXPIRY_BYTES = 6;

/** Everything but the token itself: the same list of the same person, asked with the same filter. */
function bindingOf(id: OperationId, values: CallValues, owner: TokenOwner, place: { query: string }): Buffer {
  const { [place.query]: _token, ...filter } = values.query;
  const { callerId, organisationId, credentialId } = owner;
  const bound = ["page-token", VERSION, id, callerId, organisationId, credentialId, values.params, filter];
  return Buffer.from(canonicalJson(bound));
}

function seal(key: Uint8Array, binding: Buffer, token: string, expiresAtMs: number): string {
  const iv = randomBytes(IV_BYTES);
  const expiry = Buffer.alloc(EXPIRY_BYTES);
  expiry.writeUIntBE(expiresAtMs, 0, EXPIRY_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(binding);
  const sealed = Buffer.concat([cipher.update(expiry), cipher.update(token, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, sealed, cipher.getAuthTag()]).toString("base64url");
}

function open(key: Uint8Array, binding: Buffer, sealed: string, nowMs: number): string {
  const bytes = Buffer.from(sealed, "base64url");
  const isOurForm =
    bytes.length > 1 + IV_BYTES + EXPIRY_BYTES + TAG_BYTES &&
    bytes[0] === VERSION &&
    bytes.toString("base64url") === sealed;
  if (!isOurForm) throw new Failure("CURSOR_INVALID");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(binding).setAuthTag(bytes.subarray(-TAG_BYTES));
  let plain: Buffer;
  try {
    plain = Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new Failure("CURSOR_INVALID");
  }
  if (plain.readUIntBE(0, EXPIRY_BYTES) <= nowMs) throw new Failure("CURSOR_EXPIRED");
  return plain.toString("utf8", EXPIRY_BYTES);
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
    const token = withAnyKey(this.keys(), (key) => open(key, binding, sealed, this.now()));
    return { ...values, query: { ...values.query, [place.query]: token } };
  }

  /** The answer with its token sealed. `data` is not changed. */
  sealIn(values: CallValues, data: unknown): unknown {
    const place = places[this.id];
    if (!place || typeof data !== "object" || data === null) return data;
    const token: unknown = Reflect.get(data, place.reply);
    if (typeof token !== "string") return data;
    const binding = bindingOf(this.id, values, this.owner, place);
    return { ...data, [place.reply]: seal(this.keys()[0], binding, token, this.now() + tokenLifetimeMs) };
  }
}
