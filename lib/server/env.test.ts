import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { environmentNames, parseEnvironment, StartupError } from "./env";

const key = `k1:${randomBytes(32).toString("base64")}`;
const secret = "a-session-secret-of-thirty-two-characters";
const upstream = {
  CONTRAFORCE_BASE_URL: "https://portal.example.com/api/v2",
  CONTRAFORCE_CLIENT_ID: "11111111-1111-4111-8111-111111111111",
  CONTRAFORCE_CLIENT_SECRET: "upstream-canary-secret",
};

function sentenceOf(record: Record<string, string>): string {
  try {
    parseEnvironment(record, "/srv/watchfloor");
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

const provider = {
  OIDC_ISSUER: "https://login.example.com",
  OIDC_CLIENT_ID: "watchfloor",
  OIDC_CLIENT_SECRET: "oidc-canary-secret",
};

describe("the environment", () => {
  test("an empty one starts on the embedded store on loopback", () => {
    expect(parseEnvironment({}, "/srv/watchfloor")).toEqual({
      port: 3000,
      publicUrl: "http://127.0.0.1:3000",
      dataDir: "/srv/watchfloor/.data",
      store: { kind: "embedded", folder: "/srv/watchfloor/.data/pg" },
      keys: null,
      authSecret: null,
      upstream: null,
      upstreamHosts: [{ host: "contraforce.com", isBelow: true, port: null }],
      organisationSlug: "main",
      admin: null,
      oidc: null,
      collectEverySeconds: 60,
      keepDays: { all: 400, of: {} },
      logLevel: "info",
    });
  });

  test("blank values count as not set, as in a copied example file", () => {
    expect(parseEnvironment({ PORT: " ", DATABASE_URL: "", OIDC_ISSUER: "" }, "/a").store.kind).toBe(
      "embedded",
    );
  });

  test("a full one is read, and its secrets do not print", () => {
    const parsed = parseEnvironment({
      PORT: "8080",
      WATCHFLOOR_URL: "https://soc.example.com/",
      DATA_DIR: "/var/lib/watchfloor",
      DATABASE_URL: "postgres://u:database-canary@db.example.com/watchfloor",
      WATCHFLOOR_KEYS: key,
      NEXTAUTH_SECRET: secret,
      ...upstream,
      CONTRAFORCE_BASE_URL: "https://portal.example.com/api/v2/",
      WATCHFLOOR_ORG: "acme-mssp",
      WATCHFLOOR_ADMIN_EMAIL: "First@Example.com",
      WATCHFLOOR_ADMIN_PASSWORD: "admin-password-canary",
      OIDC_ISSUER: "https://login.example.com/tenant",
      OIDC_CLIENT_ID: "watchfloor",
      OIDC_CLIENT_SECRET: "oidc-canary-secret",
      COLLECT_EVERY_SECONDS: "15",
      LOG_LEVEL: "WARN",
    });
    expect(parsed).toMatchObject({
      port: 8080,
      publicUrl: "https://soc.example.com",
      dataDir: "/var/lib/watchfloor",
      store: { kind: "postgres" },
      upstream: { baseUrl: "https://portal.example.com/api/v2" },
      organisationSlug: "acme-mssp",
      admin: { email: "first@example.com" },
      oidc: { issuer: "https://login.example.com/tenant", groupsClaim: "groups", groupRules: null },
      collectEverySeconds: 15,
      logLevel: "warn",
    });
    expect(parsed.upstream?.clientSecret.reveal()).toBe("upstream-canary-secret");
    const printed = `${JSON.stringify(parsed)}${inspect(parsed, { depth: 10 })}`;
    expect(printed).not.toMatch(/canary/);
    expect(printed).not.toContain(key.slice(3, 20));
    expect(printed).not.toContain(secret);
  });

  test.each([
    ["PORT", { PORT: "abc" }],
    ["PORT", { PORT: "0" }],
    ["PORT", { PORT: "65536" }],
    ["PORT", { PORT: "3000.5" }],
    ["COLLECT_EVERY_SECONDS", { COLLECT_EVERY_SECONDS: "often" }],
    ["COLLECT_EVERY_SECONDS", { COLLECT_EVERY_SECONDS: "1" }],
    ["COLLECT_EVERY_SECONDS", { COLLECT_EVERY_SECONDS: "-0" }],
    ["WATCHFLOOR_KEEP_DAYS", { WATCHFLOOR_KEEP_DAYS: "30" }],
    ["WATCHFLOOR_KEEP_DAYS", { WATCHFLOOR_KEEP_DAYS: "400; globex" }],
    ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
    ["WATCHFLOOR_URL", { WATCHFLOOR_URL: "soc.example.com" }],
    ["WATCHFLOOR_URL", { WATCHFLOOR_URL: "http://soc.example.com" }],
    ["WATCHFLOOR_URL", { WATCHFLOOR_URL: "https://soc.example.com/app" }],
    ["WATCHFLOOR_URL", { WATCHFLOOR_URL: "https://soc.example.com/?" }],
    ["WATCHFLOOR_URL", { WATCHFLOOR_URL: "https://user:canary@soc.example.com" }],
    ["WATCHFLOOR_URL", { WATCHFLOOR_URL: "ftp://127.0.0.1" }],
    [
      "DATABASE_URL",
      { DATABASE_URL: "mysql://u:canary@db/x", WATCHFLOOR_KEYS: key, NEXTAUTH_SECRET: secret },
    ],
    [
      "DATABASE_URL",
      { DATABASE_URL: "postgres://u:canary@db", WATCHFLOOR_KEYS: key, NEXTAUTH_SECRET: secret },
    ],
    ["WATCHFLOOR_KEYS", { DATABASE_URL: "postgres://u@db/x", NEXTAUTH_SECRET: secret }],
    ["NEXTAUTH_SECRET", { DATABASE_URL: "postgres://u@db/x", WATCHFLOOR_KEYS: key }],
    ["WATCHFLOOR_KEYS", { WATCHFLOOR_KEYS: "k1:Y2FuYXJ5" }],
    ["NEXTAUTH_SECRET", { NEXTAUTH_SECRET: "canary" }],
    ["CONTRAFORCE_BASE_URL", { ...upstream, CONTRAFORCE_BASE_URL: "http://portal.example.com/api/v2" }],
    [
      "CONTRAFORCE_BASE_URL",
      { ...upstream, CONTRAFORCE_BASE_URL: "https://portal.example.com/api/v2?key=canary" },
    ],
    ["CONTRAFORCE_CLIENT_ID", { ...upstream, CONTRAFORCE_CLIENT_ID: "id:with:colons" }],
    ["CONTRAFORCE_CLIENT_SECRET", { ...upstream, CONTRAFORCE_CLIENT_SECRET: "" }],
    ["WATCHFLOOR_ORG", { WATCHFLOOR_ORG: "Acme MSSP" }],
    ["WATCHFLOOR_ORG", { WATCHFLOOR_ORG: "api" }],
    ["WATCHFLOOR_ADMIN_PASSWORD", { WATCHFLOOR_ADMIN_EMAIL: "a@b.test" }],
    [
      "WATCHFLOOR_ADMIN_PASSWORD",
      { WATCHFLOOR_ADMIN_EMAIL: "a@b.test", WATCHFLOOR_ADMIN_PASSWORD: "canary" },
    ],
    [
      "WATCHFLOOR_ADMIN_EMAIL",
      { WATCHFLOOR_ADMIN_EMAIL: "nobody", WATCHFLOOR_ADMIN_PASSWORD: "twelve-characters" },
    ],
    ["OIDC_ISSUER", { OIDC_GROUPS: "soc=main:admin" }],
    ["OIDC_GROUPS", { ...provider, OIDC_GROUPS: "soc=main:owner" }],
    ["OIDC_CLIENT_ID", { OIDC_ISSUER: "https://login.example.com" }],
    ["OIDC_ISSUER", { OIDC_ISSUER: "x", OIDC_CLIENT_ID: "x", OIDC_CLIENT_SECRET: "canary" }],
  ])("%s is named in one sentence without the secret part of its value (%#)", (name, record) => {
    const sentence = sentenceOf(record);
    expect(sentence).toContain(name);
    expect(sentence).toMatch(/^[A-Z][^\n]*\.$/);
    expect(sentence).not.toMatch(/canary|Y2FuYXJ5/);
  });

  test.each([
    ["WATCHFLOOR_ADMIN_EMIAL", "WATCHFLOOR_ADMIN_EMAIL"],
    ["CONTRAFORCE_CLIENTID", "CONTRAFORCE_CLIENT_ID"],
    ["OIDC_CLIENTSECRET", "OIDC_CLIENT_SECRET"],
    ["WATCHFLOOR_KEY", "WATCHFLOOR_KEYS"],
  ])("an unknown %s is refused, and %s proposed", (given, meant) => {
    const sentence = sentenceOf({ [given]: "canary" });
    expect(sentence).toContain(given);
    expect(sentence).toContain(meant);
    expect(sentence).not.toContain("canary");
  });

  test("other programs' variables are none of ours", () => {
    expect(() => parseEnvironment({ PATH: "/bin", NODE_ENV: "test", WATCHFLOORX: "1" }, "/a")).not.toThrow();
  });
});

describe(".env.example", () => {
  const root = join(import.meta.dirname, "..", "..");
  const example = readFileSync(join(root, ".env.example"), "utf8");

  test("names exactly the variables that the code reads, both ways", () => {
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect([...named].sort()).toEqual([...environmentNames].sort());
  });

  test("every name of the list is used by the parser, and the parser uses no other", () => {
    const code = ["env.ts", "env-values.ts"]
      .map((file) => readFileSync(join(import.meta.dirname, file), "utf8"))
      .join("\n");
    const withoutList = code.replace(/export const environmentNames[\s\S]*?as const;/, "");
    const used = new Set([...withoutList.matchAll(/"([A-Z]+(?:_[A-Z]+)+|PORT)"/g)].map((match) => match[1]));
    // HOSTNAME belongs to scripts/start.mjs; the other two are written for next-auth or read by the tests.
    const expected = new Set<string>([...environmentNames].filter((name) => name !== "HOSTNAME"));
    expected.add("WATCHFLOOR_TEST_DATABASE_URL");
    expect([...used].sort()).toEqual([...expected].sort());
  });

  test("an example that is copied as it is starts", () => {
    const record = Object.fromEntries(
      [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((match) => [match[1], match[2]]),
    );
    expect(() => parseEnvironment(record, "/a")).not.toThrow();
  });

  test("nothing else on the server reads the environment", () => {
    const offenders: string[] = [];
    for (const folder of ["app", "lib", "components"])
      for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
        if (
          !/\.tsx?$/.test(name) ||
          /\.test\.tsx?$|(^|\/)testing\//.test(name) ||
          join(folder, name) === "lib/server/env.ts"
        )
          continue;
        if (readFileSync(join(root, folder, name), "utf8").includes("process.env"))
          offenders.push(join(folder, name));
      }
    expect(offenders).toEqual([]);
  });
});
