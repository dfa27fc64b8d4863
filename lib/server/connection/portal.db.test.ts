import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Membership, Principal } from "@/lib/domain/access";
import type { OpenDatabase } from "@/lib/server/db/engine";
import { withOrganisation } from "@/lib/server/db/organisation";
import { withPlatform } from "@/lib/server/db/platform";
import { organisations } from "@/lib/server/db/schema/platform";
import { emptyStore, forEachEngine } from "@/lib/server/db/testing";
import { Secret } from "@/lib/server/secret";
import { saveConnection } from "./connection";
import { portalView } from "./portal";

vi.stubEnv("WATCHFLOOR_KEYS", `k:${randomBytes(32).toString("base64")}`);

forEachEngine("the portal's address", (open) => {
  let store: OpenDatabase;
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => vi.unstubAllEnvs());

  async function organisation(slug: string): Promise<string> {
    return withPlatform(async (tx) => {
      const [row] = await tx
        .insert(organisations)
        .values({ slug, name: slug })
        .returning({ id: organisations.id });
      return row?.id ?? "";
    });
  }
  const connect = (organisationId: string, baseUrl: string) =>
    withOrganisation(organisationId, (tx) =>
      saveConnection(tx, organisationId, {
        baseUrl,
        clientId: randomUUID(),
        clientSecret: new Secret("portal-canary-secret"),
      }),
    );
  const viewerOf = (organisationId: string, slug: string): Principal => {
    const membership: Membership = {
      organisationId,
      organisationSlug: slug,
      organisationName: slug,
      role: "viewer",
      scope: { kind: "list", ids: new Set() },
    };
    return { personId: "p", sessionId: "s", email: "v@x.test", name: "V", memberships: [membership] };
  };
  async function ask(principal: Principal, org: string) {
    const handler = portalView({ requirePrincipal: () => Promise.resolve(principal) });
    const request = new Request(`http://127.0.0.1:3000/api/${org}/portal`);
    const response = await handler(request, { params: Promise.resolve({ org }) });
    return { status: response.status, text: await response.text() };
  }

  test("is the origin alone, for whoever may read gamebooks; of another organisation's nothing", async () => {
    const [main, other] = [await organisation("main"), await organisation("other")];
    const viewer = viewerOf(main, "main");
    expect(JSON.parse((await ask(viewer, "main")).text)).toMatchObject({ data: { origin: null } });

    await connect(other, "https://other.contraforce.com/api/v2");
    await connect(main, "https://portal.contraforce.com/secret-path/api/v2");
    const answer = await ask(viewer, "main");
    expect(JSON.parse(answer.text)).toMatchObject({ data: { origin: "https://portal.contraforce.com" } });
    for (const word of ["secret-path", "canary", "other.contraforce"])
      expect(answer.text).not.toContain(word);
    expect((await ask(viewer, "other")).status).toBe(404);
  });
});
