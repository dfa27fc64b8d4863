import { expect, test } from "@playwright/test";
import { join } from "node:path";
import { freePort, startOwnApp, temporaryFolder } from "./fixtures/own-app";

const admin = { email: "first@example.test", name: "First Admin", password: "a-long-enough-password" };

/** The session cookie of a script's sign-in, or null when it was refused. */
async function signInByScript(url: string): Promise<string | null> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookies = csrf.headers.getSetCookie().map((line) => line.split(";")[0]);
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: cookies.join("; ") },
    body: new URLSearchParams({ csrfToken, email: admin.email, password: admin.password, json: "true" }),
  });
  const session = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0]!)
    .find((pair) => pair.includes("session-token="));
  return session ?? null;
}

async function whoAmI(url: string, cookie: string): Promise<string | null> {
  const answer = await fetch(`${url}/api/auth/session`, { headers: { cookie } });
  const body = (await answer.json()) as { user?: { email?: string } } | null;
  return body?.user?.email ?? null;
}

test("kill -9 loses no acknowledged write, and the next start works", async () => {
  test.setTimeout(180_000);
  const folder = temporaryFolder();
  const port = String(await freePort());
  const env = { PORT: port, WATCHFLOOR_URL: `http://127.0.0.1:${port}`, DATA_DIR: join(folder.path, "data") };
  try {
    // Round 0: the first admin is made with the one-time code from the log, and the process dies right after the answer.
    let app = startOwnApp(env);
    expect(await app.ready(), app.output()).toBe(true);
    const code = /code[^A-Za-z0-9]+(?:is\s+)?([A-Z0-9][A-Z0-9-]{7,})/.exec(app.output())?.[1];
    expect(code, app.output()).toBeTruthy();
    const made = await fetch(`${app.url}/api/setup`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-watchfloor": "1" },
      body: JSON.stringify({ code, ...admin }),
    });
    expect(made.ok, await made.text()).toBe(true);
    app.child.kill("SIGKILL");
    await app.exited;

    // Each further round signs in once more and dies right after the answer; every session must still be good.
    const sessions: string[] = [];
    for (let round = 0; round < 3; round++) {
      app = startOwnApp(env);
      expect(await app.ready(), app.output()).toBe(true);
      for (const cookie of sessions) expect(await whoAmI(app.url, cookie)).toBe(admin.email);
      const cookie = await signInByScript(app.url);
      expect(cookie, "the admin made before the crash can sign in").not.toBeNull();
      sessions.push(cookie!);
      app.child.kill("SIGKILL");
      await app.exited;
    }
  } finally {
    folder.remove();
  }
});
