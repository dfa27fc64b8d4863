import type { BrowserContext, Page } from "@playwright/test";
import { clientSecret, type Somebody, startIdentityProvider } from "./fixtures/identity-provider";
import { environmentOn, freePort, type OwnApp, startOwnApp, temporaryFolder } from "./fixtures/own-app";
import { expect, test } from "./fixtures/test";

const who: Somebody = { id: "", email: "", isVerified: true, groups: [] };
let app: OwnApp;
let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
const folder = temporaryFolder();
const admin = { email: "first@example.test", password: "a-long-enough-password" };

test.beforeAll(async () => {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  provider = await startIdentityProvider(url, who);
  app = startOwnApp(
    environmentOn(
      { port, dataDir: `${folder.path}/data`, admin },
      {
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: "watchfloor",
        OIDC_CLIENT_SECRET: clientSecret,
        OIDC_GROUPS: "soc=main:analyst; leads=main:manager",
      },
    ),
  );
  expect(await app.ready(), app.output()).toBe(true);
});

test.afterAll(async () => {
  app.child.kill("SIGTERM");
  await app.exited;
  provider.stop();
  folder.remove();
});

/** Comes through the provider as somebody, in a browser that knows nobody yet. */
async function come(
  context: BrowserContext,
  page: Page,
  somebody: Partial<Somebody> & { id: string },
): Promise<void> {
  Object.assign(who, {
    email: `${somebody.id}@example.test`,
    isVerified: true,
    groups: ["soc"],
    ...somebody,
  });
  // A page that is still open would go on asking with the cookie gone, and be told 401 in the console.
  await page.goto("about:blank");
  await context.clearCookies();
  await page.goto(`${app.url}/sign-in`);
  await page.getByRole("button", { name: "Use single sign-on" }).click();
}

/** The way through the provider without a browser: its own last address, with a code that nobody has used yet. */
async function throughProvider(start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let address = start;
  while (address.startsWith(provider.issuer)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(address, { redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";", 1)[0]?.split(/=(.*)/s) ?? [];
      cookies.set(name, value);
    }
    const next = answer.headers.get("location");
    if (next === null) throw new Error(`The provider stopped at ${address} with ${answer.status}.`);
    address = new URL(next, address).href;
  }
  return address;
}

const sessionOf = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name.includes("session-token"))?.value ?? null;

test("a person of a group comes in with its role; discovery, PKCE, state and nonce are used", async ({
  page,
  context,
}) => {
  await come(context, page, { id: "pia" });
  await page.waitForURL(`${app.url}/main/incidents**`);
  await page.getByRole("button", { name: /^You: Pia Provider/ }).click();
  await expect(page.getByText("analyst at", { exact: false })).toBeVisible();

  expect(provider.asked.some((address) => address.startsWith("/.well-known/openid-configuration"))).toBe(
    true,
  );
  const begun = provider.asked.findLast((address) => address.startsWith("/auth?")) ?? "";
  const { searchParams } = new URL(begun, provider.issuer);
  expect(searchParams.get("response_type")).toBe("code");
  expect(searchParams.get("code_challenge_method")).toBe("S256");
  for (const name of ["code_challenge", "state", "nonce"])
    expect(searchParams.get(name) ?? "").toMatch(/.{20}/);
});

test("each sign-in makes a session of its own, and the role follows the groups", async ({
  page,
  context,
}) => {
  await come(context, page, { id: "mia" });
  await page.waitForURL(`${app.url}/main/incidents**`);
  const first = await sessionOf(context);
  await come(context, page, { id: "mia", groups: ["soc", "leads"] });
  await page.waitForURL(`${app.url}/main/incidents**`);
  await page.getByRole("button", { name: /^You:/ }).click();
  await expect(page.getByText("manager at", { exact: false })).toBeVisible();
  const second = await sessionOf(context);
  expect(first).not.toBeNull();
  expect(second).not.toBeNull();
  expect(second).not.toBe(first);
});

for (const [name, somebody] of [
  ["of no group", { id: "nora", groups: ["other"] }],
  ["whose groups come in another form", { id: "otto", groups: { soc: true } }],
  ["whose address is not confirmed", { id: "paul", isVerified: false }],
] as const)
  test(`somebody ${name} is refused with a word, and gets no session`, async ({ page, context }) => {
    await come(context, page, somebody);
    await page.waitForURL(/\/sign-in\?/);
    await expect(page.getByRole("alert").first()).toBeVisible();
    expect(await sessionOf(context)).toBeNull();
  });

test("an answer that was begun in another browser lets nobody in", async ({ page, context, browser }) => {
  Object.assign(who, { id: "quinn", email: "quinn@example.test", isVerified: true, groups: ["soc"] });
  const theirs = await browser.newContext();
  try {
    const { csrfToken } = (await (await theirs.request.get(`${app.url}/api/auth/csrf`)).json()) as {
      csrfToken: string;
    };
    const begun = await theirs.request.post(`${app.url}/api/auth/signin/oidc`, {
      form: { csrfToken, callbackUrl: "/", json: "true" },
    });
    const back = await throughProvider(((await begun.json()) as { url: string }).url);
    expect(back).toContain("/api/auth/callback/oidc?code=");
    await context.clearCookies();
    await page.goto(back);
    await expect(page).toHaveURL(/\/sign-in/);
    expect(await sessionOf(context)).toBeNull();
  } finally {
    await theirs.close();
  }
});

test("local accounts go on working beside it", async ({ page, context }) => {
  await context.clearCookies();
  await page.goto(`${app.url}/sign-in`);
  await page.getByLabel("E-mail").fill(admin.email);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`${app.url}/main/incidents**`);
});
