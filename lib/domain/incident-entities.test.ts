import { describe, expect, it } from "vitest";
import type { Entity } from "@/lib/contract/shapes/incident";
import { entityByKey, entityKeysOf } from "./incident-entities";

const entity = (over: Partial<Entity>): Entity =>
  ({ id: null, type: null, kind: null, displayName: null, friendlyName: null, ...over }) as Entity;

describe("what an incident is about, as it can be met again", () => {
  it("is named by kind and best member in lower case, each once, and left out where nothing names it", () => {
    const entities = [
      entity({ kind: "Host", hostName: "SRV-9", displayName: "The server" }),
      entity({ kind: "host", hostName: "srv-9" }),
      entity({ type: "Device", displayName: "Laptop" }),
      entity({ friendlyName: "Somebody" }),
      entity({ kind: "Ip" }),
    ];
    expect(entityKeysOf({ entities })).toEqual(["host:srv-9", "device:laptop", "other:somebody"]);
    expect(entityByKey({ entities }, "host:srv-9")).toEqual({ kind: "Host", value: "SRV-9" });
  });

  it("is followed for a hundred of one incident at most", () => {
    const entities = Array.from({ length: 130 }, (_, n) => entity({ kind: "Ip", address: `10.0.0.${n}` }));
    expect(entityKeysOf({ entities })).toHaveLength(100);
  });

  it("is called as its key says where the incident does not hold it; a value may hold a colon", () => {
    expect(entityByKey(null, "url:https://x.test")).toEqual({ kind: "url", value: "https://x.test" });
  });
});
