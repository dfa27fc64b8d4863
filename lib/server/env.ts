import "server-only";
import { resolve } from "node:path";
import { normaliseEmail } from "@/lib/domain/email";
import { type GroupRule, parseGroupRules } from "@/lib/domain/group-rules";
import { type KeepDays, keepDaysBounds, parseKeepDays } from "@/lib/domain/keep-days";
import { isOrganisationSlug } from "@/lib/domain/organisation-slug";
import { passwordLength } from "@/lib/domain/password-rule";
import {
  nearestName,
  readChoice,
  readHttpsUrl,
  readNumber,
  readPostgresUrl,
  readText,
  readTogether,
  type EnvironmentRecord,
} from "@/lib/server/env-values";
import { Secret } from "@/lib/server/secret";
import { StartupError } from "@/lib/server/startup-error";
import { type HostRule, parseHostRule } from "@/lib/server/upstream/destinations";
import { parseKeyRing } from "@/lib/server/vault/key-ring";

export { StartupError };

/** Every variable that Watchfloor reads. `.env.example` is compared with this list, both ways. */
export const environmentNames = [
  "PORT",
  "HOSTNAME",
  "WATCHFLOOR_URL",
  "DATA_DIR",
  "DATABASE_URL",
  "WATCHFLOOR_KEYS",
  "NEXTAUTH_SECRET",
  "CONTRAFORCE_BASE_URL",
  "CONTRAFORCE_CLIENT_ID",
  "CONTRAFORCE_CLIENT_SECRET",
  "CONTRAFORCE_HOSTS",
  "WATCHFLOOR_ORG",
  "WATCHFLOOR_ADMIN_EMAIL",
  "WATCHFLOOR_ADMIN_PASSWORD",
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "OIDC_GROUPS_CLAIM",
  "OIDC_GROUPS",
  "COLLECT_EVERY_SECONDS",
  "WATCHFLOOR_KEEP_DAYS",
  "LOG_LEVEL",
] as const;

/** Read by the test runner only; known so that it is not taken for a mistyped name. */
const toolingNames: readonly string[] = ["WATCHFLOOR_TEST_DATABASE_URL"];
const ownPrefix = /^(WATCHFLOOR|CONTRAFORCE|OIDC)_/;

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;

/** The environment, parsed. Everything optional is null when it is not set. */
export interface Environment {
  readonly port: number;
  /** Origin that people use, without a trailing slash; https, or http on loopback. */
  readonly publicUrl: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly store:
    | { readonly kind: "embedded"; readonly folder: string }
    | { readonly kind: "postgres"; readonly url: Secret };
  /** Text of the key ring; null on the embedded store means: made and kept in `dataDir`. */
  readonly keys: Secret | null;
  /** Secret of the session cookie; null as for `keys`. */
  readonly authSecret: Secret | null;
  /** Upstream connection of the first organisation. */
  readonly upstream: {
    readonly baseUrl: string;
    readonly clientId: string;
    readonly clientSecret: Secret;
  } | null;
  /** Hosts that a connection may lead to. */
  readonly upstreamHosts: readonly HostRule[];
  /** Slug of the first organisation. */
  readonly organisationSlug: string;
  readonly admin: { readonly email: string; readonly password: Secret } | null;
  readonly oidc: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: Secret;
    /** Claim of the ID token that holds a person's groups. */
    readonly groupsClaim: string;
    /** What groups give; null when memberships are kept here only. */
    readonly groupRules: readonly GroupRule[] | null;
  } | null;
  /** Between two readings of everybody's recent incidents; 0: nothing is read ahead. */
  readonly collectEverySeconds: number;
  /** How long the register keeps closed incidents. */
  readonly keepDays: KeepDays;
  readonly logLevel: (typeof logLevels)[number];
}

function refuseUnknownNames(record: EnvironmentRecord): void {
  const known: readonly string[] = [...environmentNames, ...toolingNames];
  for (const name of Object.keys(record)) {
    if (!ownPrefix.test(name) || known.includes(name)) continue;
    throw new StartupError(
      `${name} is not a variable of Watchfloor; did you mean ${nearestName(name, environmentNames)}?`,
    );
  }
}

function readUpstream(record: EnvironmentRecord): Environment["upstream"] {
  const texts = readTogether(record, [
    "CONTRAFORCE_BASE_URL",
    "CONTRAFORCE_CLIENT_ID",
    "CONTRAFORCE_CLIENT_SECRET",
  ]);
  if (!texts) return null;
  // RFC 7617: the user name of a Basic pair ends at the first colon.
  if (!/^[\x21-\x39\x3b-\x7e]{1,200}$/.test(texts.CONTRAFORCE_CLIENT_ID))
    throw new StartupError(
      "CONTRAFORCE_CLIENT_ID must be the client id of a service account, without spaces or colons.",
    );
  return {
    baseUrl: readHttpsUrl(texts.CONTRAFORCE_BASE_URL, "CONTRAFORCE_BASE_URL", { path: true }),
    clientId: texts.CONTRAFORCE_CLIENT_ID,
    clientSecret: new Secret(texts.CONTRAFORCE_CLIENT_SECRET),
  };
}

function readHosts(record: EnvironmentRecord): readonly HostRule[] {
  const texts = (readText(record, "CONTRAFORCE_HOSTS") ?? "*.contraforce.com").split(",");
  return texts.map((text) => {
    const rule = parseHostRule(text);
    if (rule) return rule;
    throw new StartupError(
      "CONTRAFORCE_HOSTS must be host names separated by commas, such as *.contraforce.com, each with :port or without.",
    );
  });
}

function readAdmin(record: EnvironmentRecord): Environment["admin"] {
  const texts = readTogether(record, ["WATCHFLOOR_ADMIN_EMAIL", "WATCHFLOOR_ADMIN_PASSWORD"]);
  if (!texts) return null;
  const email = normaliseEmail(texts.WATCHFLOOR_ADMIN_EMAIL);
  if (email === null) throw new StartupError("WATCHFLOOR_ADMIN_EMAIL must be an e-mail address.");
  if ([...texts.WATCHFLOOR_ADMIN_PASSWORD].length < passwordLength.min)
    throw new StartupError(`WATCHFLOOR_ADMIN_PASSWORD must have at least ${passwordLength.min} characters.`);
  return { email, password: new Secret(texts.WATCHFLOOR_ADMIN_PASSWORD) };
}

function readOidc(record: EnvironmentRecord): Environment["oidc"] {
  const texts = readTogether(record, ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]);
  const ruleText = readText(record, "OIDC_GROUPS");
  if (!texts && ruleText !== null)
    throw new StartupError(
      "OIDC_ISSUER must be set as well, because OIDC_GROUPS maps the groups of a provider.",
    );
  if (!texts) return null;
  const groupRules = ruleText === null ? null : parseGroupRules(ruleText);
  if (ruleText !== null && groupRules === null)
    throw new StartupError(
      "OIDC_GROUPS must be rules such as soc-admins=main:admin; tier-1=main:analyst:Northern customers.",
    );
  return {
    issuer: readHttpsUrl(texts.OIDC_ISSUER, "OIDC_ISSUER", { path: true }),
    clientId: texts.OIDC_CLIENT_ID,
    clientSecret: new Secret(texts.OIDC_CLIENT_SECRET),
    groupsClaim: readText(record, "OIDC_GROUPS_CLAIM") ?? "groups",
    groupRules,
  };
}

function readStore(record: EnvironmentRecord, dataDir: string): Environment["store"] {
  const url = readText(record, "DATABASE_URL");
  if (url === null) return { kind: "embedded", folder: resolve(dataDir, "pg") };
  for (const [name, what] of [
    ["WATCHFLOOR_KEYS", "the keys that seal stored credentials (id:base64 of 32 random bytes)"],
    ["NEXTAUTH_SECRET", "the secret of the session cookie (32 random characters or more)"],
  ] as const) {
    if (readText(record, name) === null)
      throw new StartupError(`${name} must be set together with DATABASE_URL: it holds ${what}.`);
  }
  return { kind: "postgres", url: new Secret(readPostgresUrl(url)) };
}

function readSecrets(record: EnvironmentRecord): Pick<Environment, "keys" | "authSecret"> {
  const keys = readText(record, "WATCHFLOOR_KEYS");
  if (keys !== null) parseKeyRing(keys);
  const authSecret = readText(record, "NEXTAUTH_SECRET");
  if (authSecret !== null && authSecret.length < 32)
    throw new StartupError("NEXTAUTH_SECRET must have at least 32 characters.");
  return {
    keys: keys === null ? null : new Secret(keys),
    authSecret: authSecret === null ? null : new Secret(authSecret),
  };
}

function readSlug(record: EnvironmentRecord): string {
  const slug = readText(record, "WATCHFLOOR_ORG") ?? "main";
  if (isOrganisationSlug(slug)) return slug;
  throw new StartupError(
    "WATCHFLOOR_ORG must be a short name of lower-case letters, digits and hyphens that no page of Watchfloor uses, such as main.",
  );
}

function readCollectEvery(record: EnvironmentRecord): number {
  if (readText(record, "COLLECT_EVERY_SECONDS") === "0") return 0;
  return readNumber(record, "COLLECT_EVERY_SECONDS", {
    min: 10,
    max: 3600,
    fallback: 60,
    otherwise: "or 0 to read nothing ahead",
  });
}

function readKeepDays(record: EnvironmentRecord): KeepDays {
  const parsed = parseKeepDays(readText(record, "WATCHFLOOR_KEEP_DAYS") ?? "");
  if (parsed) return parsed;
  throw new StartupError(
    `WATCHFLOOR_KEEP_DAYS must be days from ${keepDaysBounds.min} to ${keepDaysBounds.max}, for organisations of their own as well, such as 400; globex=90.`,
  );
}

/**
 * Reads an environment. Pure: it touches neither files nor network.
 * Throws `StartupError` with one sentence that names the first faulty variable.
 */
export function parseEnvironment(record: EnvironmentRecord, cwd: string = process.cwd()): Environment {
  refuseUnknownNames(record);
  const port = readNumber(record, "PORT", { min: 1, max: 65_535, fallback: 3000 });
  const dataDir = resolve(cwd, readText(record, "DATA_DIR") ?? ".data");
  const publicUrl = readText(record, "WATCHFLOOR_URL");
  return Object.freeze({
    port,
    publicUrl:
      publicUrl === null
        ? `http://127.0.0.1:${port}`
        : readHttpsUrl(publicUrl, "WATCHFLOOR_URL", { path: false }),
    dataDir,
    store: readStore(record, dataDir),
    ...readSecrets(record),
    upstream: readUpstream(record),
    upstreamHosts: readHosts(record),
    organisationSlug: readSlug(record),
    admin: readAdmin(record),
    oidc: readOidc(record),
    collectEverySeconds: readCollectEvery(record),
    keepDays: readKeepDays(record),
    logLevel: readChoice(record, "LOG_LEVEL", logLevels, "info"),
  });
}

let parsed: Environment | null = null;

/** The process's environment, parsed once. Throws `StartupError`. */
export function env(): Environment {
  parsed ??= parseEnvironment(process.env);
  return parsed;
}

/**
 * next-auth reads its own address from the environment and nowhere else. It is ours, whatever was set, and no header may change it.
 */
export function prepareNextAuth(): void {
  process.env.NEXTAUTH_URL = env().publicUrl;
  delete process.env.AUTH_TRUST_HOST;
  delete process.env.VERCEL;
}

/** Address of the PostgreSQL server that the database suite may use; null where there is none. */
export function testDatabaseUrl(): string | null {
  return readText(process.env, "WATCHFLOOR_TEST_DATABASE_URL");
}
