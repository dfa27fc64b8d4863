import type { BrowserContext, Page } from "@playwright/test";
import { emulator } from "./fixtures/emulator";
import { calls, mark, markup } from "./fixtures/markup";
import { expect, test } from "./fixtures/test";

const base = process.env.BASE_URL ?? "";

interface Seen {
  /** Numbers of the texts that ran. */
  readonly ran: unknown[];
  /** What the policy had to refuse: nothing of ours needs it, so a report means that markup was believed. */
  readonly reports: unknown[];
  readonly dialogs: string[];
}

async function watch(context: BrowserContext): Promise<Seen> {
  const seen: Seen = { ran: [], reports: [], dialogs: [] };
  await context.exposeFunction(calls, (n: unknown) => void seen.ran.push(n));
  await context.exposeFunction("__reported", (text: unknown) => void seen.reports.push(text));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report = Reflect.get(window, "__reported") as (text: string) => void;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on("dialog", (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return seen;
}

/** Elements made of the texts, and links that would run one. */
function believed(page: Page): Promise<string[]> {
  return page.evaluate((attribute) => {
    const links = [...document.querySelectorAll("a[href], form[action], iframe[src]")].filter((element) =>
      /^\s*(javascript|data):/i.test(
        element.getAttribute("href") ?? element.getAttribute("action") ?? element.getAttribute("src") ?? "",
      ),
    );
    return [...document.querySelectorAll(`[${attribute}]`), ...links].map((each) =>
      each.outerHTML.slice(0, 200),
    );
  }, mark);
}

const shownText = (page: Page) => page.locator("body").innerText();

async function plantOwn(page: Page): Promise<() => Promise<void>> {
  const headers = { "x-watchfloor": "1", origin: base };
  const { data } = (await (await page.request.get("/api/main/workspaces")).json()) as {
    data: { workspaces: { id: string }[] };
  };
  const ids: string[] = [];
  for (const name of markup
    .filter((text) => text.trim().length <= 80 && !text.includes("\u0000"))
    .slice(0, 40)) {
    const answer = await page.request.post("/api/main/workspace-groups", {
      headers,
      data: { name, workspaceIds: [data.workspaces[0]?.id] },
    });
    if (answer.ok()) ids.push(((await answer.json()) as { data: { id: string } }).data.id);
  }
  expect(ids.length, "names of groups that are stored, and stand in the audit").toBeGreaterThan(20);
  return async () => {
    for (const id of ids)
      await page.request.delete(`/api/main/workspace-groups/${id}`, { headers, data: {} });
  };
}

test.describe("SEC-09: injected markup does not run", () => {
  test.use({ person: "admin@demo.test" });
  // Eight pages and 25 addresses, each waited for until it is quiet.
  test.describe.configure({ timeout: 240_000 });

  test("300 texts in every field that somebody could have written: none runs, none is believed, none is reported", async ({
    signedIn: page,
    context,
  }) => {
    expect(new Set(markup).size).toBe(300);
    const seen = await watch(context);
    await emulator.setFaults([{ kind: "texts", texts: [...markup] }]);
    const isQuiet = async (where: string) => {
      expect(await believed(page), where).toEqual([]);
      expect([seen.ran, seen.reports, seen.dialogs], where).toEqual([[], [], []]);
    };

    await page.goto("/main/incidents?window=3h");
    const grid = page.getByRole("grid", { name: "Incidents" });
    await expect(grid.getByRole("row").filter({ hasText: calls }).first()).toBeVisible({ timeout: 30_000 });
    await isQuiet("the list");
    await grid.focus();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("complementary");
    await expect(drawer.getByRole("heading", { level: 2 })).toContainText(calls);
    await expect(drawer.getByRole("heading", { name: /Entities/ })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await isQuiet("the drawer");

    const [workspaceId = "", source = "", id = ""] = (
      new URL(page.url()).searchParams.get("open") ?? ""
    ).split("/");
    await page.goto(`/main/incidents/${workspaceId}/${source}/${encodeURIComponent(id)}`);
    await expect(page.getByRole("heading", { level: 2 }).first()).toContainText(calls);
    await page.waitForLoadState("networkidle");
    await isQuiet("the page of an incident");

    // Each desk shows words of its own part of upstream.
    for (const [where, path, rows] of [
      ["gamebooks", "/main/gamebooks", "row"],
      ["anomalies", "/main/data-sources", "row"],
      ["the matrix", "/main/data-sources?view=matrix", "row"],
      ["webhooks", "/main/webhooks", "row"],
      ["deliveries", "/main/webhooks/deliveries?range=all", "row"],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole(rows).filter({ hasText: calls }).first(), where).toBeVisible();
      await page.waitForLoadState("networkidle");
      await isQuiet(where);
    }

    const clean = await plantOwn(page);
    await page.goto("/main/admin/members");
    await expect(page.getByText(calls).filter({ visible: true }).first()).toBeVisible();
    await isQuiet("members and groups");
    await page.goto("/main/admin/audit");
    await page
      .getByRole("button", { name: /^Details of row/ })
      .first()
      .click();
    await expect(page.getByRole("region", { name: /^What was written down of row/ })).toContainText(calls);
    await isQuiet("the audit");
    await clean();

    // And those that come in by the address: it is everybody's to write.
    for (const text of markup.slice(0, 25)) {
      await page.goto(`/main/incidents?q=${encodeURIComponent(text)}`, { waitUntil: "domcontentloaded" });
      await isQuiet(`the address ${text}`);
    }
    expect(await shownText(page)).not.toBe("");
  });

  test("the nonce differs over 1,000 loads, and is the one that the page's scripts carry", async ({
    context,
  }) => {
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const nonces = new Set<string>();
    const load = async () => {
      const answer = await fetch(`${base}/sign-in`, { headers: { cookie } });
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1] ?? "";
      const html = await answer.text();
      const carried = new Set([...html.matchAll(/<script[^>]* nonce="([^"]*)"/g)].map((match) => match[1]));
      expect([...carried]).toEqual([nonce]);
      expect(Buffer.from(nonce, "base64")).toHaveLength(16);
      nonces.add(nonce);
    };
    for (let done = 0; done < 1_000; done += 20) await Promise.all(Array.from({ length: 20 }, load));
    expect(nonces.size).toBe(1_000);
  });
});
