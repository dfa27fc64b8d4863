import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(process.cwd(), "app");
const here = readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) =>
  path.split(sep).join("/"),
);
const filesNamed = (name: string) => here.filter((path) => path.endsWith(`/${name}`) || path === name).sort();

/** Calls that answer people without a session, each for a reason. */
const open: Readonly<Record<string, string>> = {
  "api/auth/[...nextauth]/route.ts": "signing in and out",
  "api/health/live/route.ts": "says only that the process runs",
  "api/health/ready/route.ts": "says only whether the process is ready",
  "api/setup/route.ts": "the first admin, against a one-time code",
  "api/invitations/accept/route.ts": "taking an invitation up, against its one-time link",
  "api/invitations/look/route.ts": "what an invitation is for, against its one-time link",
};
/** Pages outside an organisation; those inside have the session checked by the organisation's layout. */
const openPages: Readonly<Record<string, string>> = {
  "(auth)/sign-in/page.tsx": "signing in",
  "(auth)/setup/page.tsx": "the first admin",
  "(auth)/invitation/page.tsx": "taking an invitation up",
  "page.tsx": "leads on to where the person belongs",
};

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>;
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

describe("SEC-04: no route of ours answers without a session but those named here", () => {
  test.each(filesNamed("route.ts").filter((path) => open[path] === undefined))("%s", async (path) => {
    const route = (await import(join(root, path))) as Partial<Record<(typeof methods)[number], Handler>>;
    const offered = methods.filter((method) => route[method] !== undefined);
    expect(offered.length).toBeGreaterThan(0);
    const address = `/${path
      .replace("/route.ts", "")
      .replace("[org]", "main")
      .replace(/\[[^\]]+\]/g, "webhooks")}`;
    for (const method of offered) {
      const request = new Request(`http://localhost:3000${address}`, {
        method,
        headers:
          method === "GET"
            ? {}
            : { "content-type": "application/json", "x-watchfloor": "1", "sec-fetch-site": "same-origin" },
        body: method === "GET" ? undefined : "{}",
      });
      const params = { org: "main", path: ["webhooks"], id: "00000000-0000-4000-8000-000000000000" };
      const answer = await route[method]?.(request, { params: Promise.resolve(params) });
      const body = (await answer?.json()) as { code?: string } | undefined;
      // The proxy knows no such method for this address, which it says before it looks at anybody.
      const isOffered = body?.code !== "METHOD_NOT_ALLOWED";
      if (isOffered) expect([method, answer?.status, body?.code]).toEqual([method, 401, "NOT_SIGNED_IN"]);
      expect(answer?.headers.get("cache-control")).toBe("no-store");
    }
  });

  test("whatever is named here exists", () => {
    const routes = Object.keys(open).filter((path) => !filesNamed("route.ts").includes(path));
    const pages = Object.keys(openPages).filter((path) => !filesNamed("page.tsx").includes(path));
    expect([routes, pages]).toEqual([[], []]);
  });

  test("each page stands inside an organisation or is named here", () => {
    const pages = filesNamed("page.tsx");
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter((path) => !path.startsWith("[org]/") && openPages[path] === undefined)).toEqual([]);
  });
});
