import { describe, expect, it } from "vitest";
import {
  credentialBody,
  credentialFaults,
  type CredentialFieldValues,
  eventTypeFault,
  reasonFault,
  urlFault,
  webhookFaults,
} from "./form-checks";

describe("urlFault: an address is judged before it is sent anywhere", () => {
  it.each([
    "https://siem.example.com/hooks/1",
    "https://siem.example.com:8443/hooks?key=1",
    "  https://siem.example.com  ",
    "HTTPS://SIEM.EXAMPLE.COM/",
    "https://bücher.example/",
    // Whether this installation allows it is the server's to say.
    "http://127.0.0.1:4010/sink",
    "http://localhost/sink",
    "http://[::1]:80/",
  ])("%s passes", (url) => expect(urlFault(url)).toBeNull());

  it.each([
    ["", /Enter the address/],
    ["siem.example.com/hooks", /whole address/],
    ["//siem.example.com", /whole address/],
    ["https://", /whole address/],
    ["ftp://siem.example.com/", /whole address/],
    ["javascript:alert(1)", /whole address/],
    ["http://siem.example.com/", /must begin with https/],
    ["http://127.0.0.1.example.com/", /must begin with https/],
    ["https://me:secret@siem.example.com/", /user name and password out/],
    ["https://me@siem.example.com/", /user name and password out/],
    ["https://siem.example.com/#part", /follows the #/],
    ["https://siem.example.com/#", /follows the #/],
    [`https://siem.example.com/${"a".repeat(2048)}`, /at most 2048/],
  ])("%s is refused", (url, words) => expect(urlFault(url)).toMatch(words));
});

describe("eventTypeFault", () => {
  it.each(["incident.created.v1", "agent.investigation.completed.v1", "ticket.closed.v12", " a.b.v1 "])(
    "%s passes",
    (type) => expect(eventTypeFault(type)).toBeNull(),
  );
  it.each([
    "",
    "incident",
    "incident.created",
    "incident.v1",
    "incident.created.v0",
    "Incident.Created.v1",
    "a b.c.v1",
  ])("%s is refused", (type) => expect(eventTypeFault(type)).not.toBeNull());
});

describe("webhookFaults: each fault at its field", () => {
  const good = {
    name: "SIEM",
    description: "",
    url: "https://a.example/",
    eventTypes: ["incident.created.v1"],
  };
  it("passes what is complete", () => expect(webhookFaults(good)).toEqual({}));
  it("names every field that is wrong, at once", () => {
    expect(
      Object.keys(
        webhookFaults({ name: " ", description: "d".repeat(1001), url: "x", eventTypes: [] }),
      ).sort(),
    ).toEqual(["description", "eventTypes", "name", "url"]);
  });
  it("counts a name without the blanks around it", () => {
    expect(webhookFaults({ ...good, name: `  ${"n".repeat(200)}  ` })).toEqual({});
    expect(webhookFaults({ ...good, name: "n".repeat(201) })).toHaveProperty("name");
  });
});

describe("credentials", () => {
  const none: CredentialFieldValues = {
    authenticationType: "None",
    token: "",
    signingToken: "",
    username: "",
    password: "",
  };
  it("asks for what belongs to the kind, and for nothing else", () => {
    expect(credentialFaults(none)).toEqual({});
    expect(Object.keys(credentialFaults({ ...none, authenticationType: "BearerToken" }))).toEqual(["token"]);
    expect(Object.keys(credentialFaults({ ...none, authenticationType: "BasicAuth" })).sort()).toEqual([
      "password",
      "username",
    ]);
  });
  it("refuses a user name with a colon, which Basic cannot carry, and a signing token that can be guessed", () => {
    const basic = { ...none, authenticationType: "BasicAuth", username: "a:b", password: "p" } as const;
    expect(Object.keys(credentialFaults(basic))).toEqual(["username"]);
    expect(credentialFaults({ ...none, signingToken: "x".repeat(23) })).toHaveProperty("signingToken");
    expect(credentialFaults({ ...none, signingToken: "x".repeat(24) })).toEqual({});
  });
  it("sends nothing that was typed under another kind", () => {
    const typed = { ...none, token: "bearer", username: "me", password: "secret" };
    expect(credentialBody(typed)).toEqual({ authenticationType: "None" });
    expect(credentialBody({ ...typed, authenticationType: "BearerToken" })).toEqual({
      authenticationType: "BearerToken",
      token: "bearer",
    });
    expect(credentialBody({ ...typed, authenticationType: "BasicAuth" })).toEqual({
      authenticationType: "BasicAuth",
      username: "me",
      password: "secret",
    });
  });
});

describe("reasonFault: three to five hundred characters that say something", () => {
  it.each(["", "  ", "ab", " ab "])("%j is too short", (text) =>
    expect(reasonFault(text)).toMatch(/Say why/),
  );
  it("takes three and five hundred, and no more", () => {
    expect(reasonFault("abc")).toBeNull();
    expect(reasonFault("a".repeat(500))).toBeNull();
    expect(reasonFault("a".repeat(501))).toMatch(/at most 500/);
  });
});
