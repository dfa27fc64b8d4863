import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { OperationId } from "@/lib/contract";
import { Failure } from "@/lib/errors";
import type { CallValues } from "@/lib/server/upstream/outgoing";
import type { Keys } from "@/lib/server/vault/any-key";
import { PageTokens, tokenLifetimeMs } from "./page-tokens";

let keys: Keys = [randomBytes(32)];
const now = Date.UTC(2026, 10, 24, 12);
const owner = { callerId: "p", organisationId: "o", credentialId: "c" };
const upstreamLink = "https://graph.test/v1.0/auditLogs/signIns?$skiptoken=abc";
const asked: CallValues = {
  params: { workspaceId: "w" },
  query: { TimeFilteringType: "ThreeHours", UserId: "u" },
  body: undefined,
};

const tokens = (over: Partial<typeof owner> = {}, at = now, id: OperationId = "investigation.signinLogs") =>
  new PageTokens(
    id,
    { ...owner, ...over },
    () => keys,
    () => at,
  );
const sealed = () => {
  const data = tokens().sealIn(asked, { nextPageLink: upstreamLink, message: null }) as {
    nextPageLink: string;
  };
  return data.nextPageLink;
};
const next = (token: string, values = asked): CallValues => ({
  ...values,
  query: { ...values.query, NextPageLink: token },
});
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof Failure ? error.code : error;
  }
  return "opened";
};

describe("upstream's page tokens", () => {
  it("reach the browser sealed and go back as they came", () => {
    const token = sealed();
    expect(Buffer.from(token, "base64url").toString("latin1")).not.toContain("graph.test");
    expect(tokens().openIn(next(token))).toEqual(next(upstreamLink));
  });

  it("are good for this person, organisation, credential, list and filter only", () => {
    const token = sealed();
    for (const member of ["callerId", "organisationId", "credentialId"] as const)
      expect(
        codeOf(() => tokens({ [member]: "x" }).openIn(next(token))),
        member,
      ).toBe("CURSOR_INVALID");
    const other = (values: Partial<CallValues>) => next(token, { ...asked, ...values });
    expect(codeOf(() => tokens().openIn(other({ params: { workspaceId: "other" } })))).toBe("CURSOR_INVALID");
    expect(codeOf(() => tokens().openIn(other({ query: { ...asked.query, UserId: "v" } })))).toBe(
      "CURSOR_INVALID",
    );
    expect(codeOf(() => tokens({}, now, "investigation.directoryLogs").openIn(next(token)))).toBe(
      "CURSOR_INVALID",
    );
  });

  it("are refused when they are anybody else's words, or ours with one bit changed", () => {
    for (const text of ["", upstreamLink, "AAAA", `${sealed()}=`, sealed().slice(1)])
      expect(
        codeOf(() => tokens().openIn(next(text))),
        text,
      ).toBe("CURSOR_INVALID");
    const bytes = Buffer.from(sealed(), "base64url");
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1;
      expect(
        codeOf(() => tokens().openIn(next(changed.toString("base64url")))),
        `byte ${index}`,
      ).toBe("CURSOR_INVALID");
    }
  });

  it("expire", () => {
    const token = sealed();
    expect(codeOf(() => tokens({}, now + tokenLifetimeMs - 1).openIn(next(token)))).toBe("opened");
    expect(codeOf(() => tokens({}, now + tokenLifetimeMs).openIn(next(token)))).toBe("CURSOR_EXPIRED");
  });

  it("leave calls and answers without one as they are", () => {
    expect(tokens().openIn(asked)).toBe(asked);
    const last = { nextPageLink: null };
    expect(tokens().sealIn(asked, last)).toBe(last);
    expect(tokens({}, now, "users.list").sealIn(asked, last)).toBe(last);
  });
});

describe("SEC-11: page tokens outlive a rotation of the key ring", () => {
  it("one sealed before opens while the old key is in the ring, and new ones are sealed under the new key", () => {
    const before = keys;
    const old = sealed();
    try {
      keys = [randomBytes(32), ...before];
      expect(tokens().openIn(next(old)).query.NextPageLink).toBe(upstreamLink);
      const fresh = sealed();
      keys = [keys[0]];
      expect(tokens().openIn(next(fresh)).query.NextPageLink).toBe(upstreamLink);
      expect(codeOf(() => tokens().openIn(next(old)))).toBe("CURSOR_INVALID");
    } finally {
      keys = before;
    }
  });
});
