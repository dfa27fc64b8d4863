import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import type { BodyOf, IncidentRow, OperationId, OperationOf, ParamsOf, QueryOf, ReplyOf } from "./index";
import { defineOperation, type PathNames } from "./operation";
import { reply, text } from "./readers";
import { parseReply } from "./tolerant";
import { registry } from "./index";

const complete = {
  method: "GET",
  path: "/things/{thingId}",
  scope: null,
  kind: "query",
  repeat: "read",
  tenancy: "organization",
  permission: "users:read",
  audited: false,
  certainty: "guess",
  params: z.strictObject({ thingId: z.string() }),
  query: z.strictObject({}),
  body: null,
  reply: reply(text),
  summary: "A thing.",
} as const;

describe("what must not compile", () => {
  it("is an entry that leaves a decision out or contradicts itself", () => {
    expect(defineOperation(complete).path).toBe("/things/{thingId}");

    const { tenancy: _tenancy, ...withoutTenancy } = complete;
    // @ts-expect-error no member has a default, tenancy least of all
    defineOperation(withoutTenancy);
    const { repeat: _repeat, ...withoutRepeat } = complete;
    // @ts-expect-error whether a call may be repeated must be decided
    defineOperation(withoutRepeat);
    // @ts-expect-error the path names a parameter that params do not have
    defineOperation({ ...complete, path: "/things/{thingId}/parts/{partId}" });
    // @ts-expect-error params have a parameter that the path does not name
    defineOperation({ ...complete, path: "/things" });
    // @ts-expect-error a permission nobody defined
    defineOperation({ ...complete, permission: "things:read" });
    // @ts-expect-error a plain zod schema cannot report what it dropped
    defineOperation({ ...complete, reply: z.string() });
  });

  it("is an operation id that does not exist", () => {
    // @ts-expect-error there is no such operation
    const id: OperationId = "incidents.assign";
    expect(Object.hasOwn(registry, id)).toBe(false);
  });
});

describe("what the compiler knows of an operation", () => {
  it("names the parameters of a path", () => {
    expectTypeOf<PathNames<"/a/{b}/c/{d}">>().toEqualTypeOf<"b" | "d">();
    expectTypeOf<PathNames<"/a">>().toEqualTypeOf<never>();
  });

  it("types input and reply", () => {
    expectTypeOf<ParamsOf<OperationOf<"webhooks.deliveryLog">>>().toEqualTypeOf<{
      id: string;
      logId: string;
    }>();
    expectTypeOf<QueryOf<OperationOf<"gamebooks.playbooks">>>().toEqualTypeOf<{
      year: number;
      tenantId?: string | undefined;
    }>();
    expectTypeOf<BodyOf<OperationOf<"webhooks.pause">>>().toEqualTypeOf<undefined>();
    expectTypeOf<BodyOf<OperationOf<"tickets.link">>>().toHaveProperty("ticketId");
    expectTypeOf<ReplyOf<OperationOf<"incidents.acrossWorkspaces">>["incidents"]>().toEqualTypeOf<
      IncidentRow[]
    >();
    expectTypeOf<IncidentRow["workspaceId"]>().toEqualTypeOf<string>();
    expectTypeOf<IncidentRow["number"]>().toEqualTypeOf<number | null>();
    expectTypeOf<IncidentRow["isAssigned"]>().toEqualTypeOf<boolean>();
    expectTypeOf(parseReply(registry["users.add"], undefined).data.ok).toEqualTypeOf<boolean>();
  });
});
