import { expect, test } from "@playwright/test";
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { freePort, startOwnApp, temporaryFolder } from "./fixtures/own-app";

const demoClient = "11111111-1111-4111-8111-111111111111";
const demoSecret = "cf-demo-secret-do-not-use-in-production-main-0001";

/** Starts with this environment, waits for the end, and returns what a person at the terminal reads. */
async function refused(env: Record<string, string>) {
  const app = startOwnApp(env);
  const code = await app.exited;
  const sentences = app
    .output()
    .split("\n")
    .filter((line) => line.startsWith("Watchfloor cannot start: "));
  return { code, sentences, output: app.output() };
}

test.describe("bad start-up input ends in one clear sentence, nothing half-made", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let env: Record<string, string>;

  test.beforeEach(async () => {
    folder = temporaryFolder();
    const port = String(await freePort());
    env = { PORT: port, WATCHFLOOR_URL: `http://127.0.0.1:${port}`, DATA_DIR: join(folder.path, "data") };
  });
  test.afterEach(() => folder.remove());

  const expectSentence = async (extra: Record<string, string>, pattern: RegExp) => {
    const result = await refused({ ...env, ...extra });
    expect(result.code, result.output).toBe(1);
    expect(result.sentences, result.output).toHaveLength(1);
    expect(result.sentences[0]).toMatch(pattern);
    expect(result.output, "no stack trace").not.toMatch(/\n\s+at /);
    return result;
  };

  test("keys missing with a PostgreSQL server", async () => {
    await expectSentence(
      { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" },
      /WATCHFLOOR_KEYS|NEXTAUTH_SECRET/,
    );
  });

  test("a malformed key is named without its value", async () => {
    const result = await expectSentence({ WATCHFLOOR_KEYS: "first:dG9vLXNob3J0" }, /WATCHFLOOR_KEYS/);
    expect(result.output).not.toContain("dG9vLXNob3J0");
  });

  test("a database that does not answer", async () => {
    const key = Buffer.alloc(32, 7).toString("base64");
    const extra = {
      DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
      WATCHFLOOR_KEYS: `first:${key}`,
      NEXTAUTH_SECRET: "a-session-secret-that-is-long-enough-0123",
    };
    await expectSentence(extra, /DATABASE_URL|database/i);
  });

  test("a data folder that is a file", async () => {
    const path = join(folder.path, "file");
    writeFileSync(path, "not a folder");
    await expectSentence({ DATA_DIR: path }, /DATA_DIR/);
  });

  test("a data folder that cannot be written", async () => {
    test.skip(process.getuid?.() === 0, "root may write anywhere, so this case cannot be made as root");
    const path = join(folder.path, "closed");
    mkdirSync(path);
    chmodSync(path, 0o500);
    await expectSentence({ DATA_DIR: path }, /DATA_DIR/);
  });

  test("an unknown variable of ours is not passed over", async () => {
    await expectSentence(
      { WATCHFLOOR_ADMIN_EMIAL: "x@example.test" },
      /WATCHFLOOR_ADMIN_EMIAL.*WATCHFLOOR_ADMIN_EMAIL/,
    );
  });

  test("values that make no sense", async () => {
    await expectSentence({ WATCHFLOOR_URL: "soc.example.com" }, /WATCHFLOOR_URL/);
    await expectSentence({ COLLECT_EVERY_SECONDS: "often" }, /COLLECT_EVERY_SECONDS/);
    await expectSentence(
      {
        CONTRAFORCE_BASE_URL: "http://portal.example.com/api/v2",
        CONTRAFORCE_CLIENT_ID: demoClient,
        CONTRAFORCE_CLIENT_SECRET: demoSecret,
      },
      /CONTRAFORCE_BASE_URL/,
    );
    await expectSentence(
      { CONTRAFORCE_BASE_URL: "https://portal.example.com/api/v2" },
      /CONTRAFORCE_CLIENT_/,
    );
  });

  test("a port that is taken", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(Number(env.PORT), "127.0.0.1", resolve));
    await expectSentence({}, new RegExp(`Port ${env.PORT}`));
    await new Promise((resolve) => server.close(resolve));
  });

  test("a port that is none", async () => {
    await expectSentence({ PORT: "70000" }, /PORT/);
  });

  test("a credential that upstream refuses leaves nothing behind", async () => {
    const upstream = {
      CONTRAFORCE_BASE_URL: `${process.env.EMULATOR_URL}/api/v2`,
      CONTRAFORCE_CLIENT_ID: demoClient,
    };
    const wrong = "wrong-secret-canary-0123456789";
    const result = await expectSentence({ ...upstream, CONTRAFORCE_CLIENT_SECRET: wrong }, /refused/i);
    expect(result.output).not.toContain(wrong);

    // The same folder then starts with the right secret: nothing half-made stands in the way.
    const app = startOwnApp({ ...env, ...upstream, CONTRAFORCE_CLIENT_SECRET: demoSecret });
    expect(await app.ready(), app.output()).toBe(true);
    app.child.kill("SIGTERM");
    expect(await app.exited, app.output()).toBe(0);
  });

  test("a folder that another Watchfloor has open", async () => {
    const first = startOwnApp(env);
    expect(await first.ready(), first.output()).toBe(true);
    const other = String(await freePort());
    await expectSentence(
      { PORT: other, WATCHFLOOR_URL: `http://127.0.0.1:${other}` },
      /DATA_DIR|in use|open/i,
    );
    expect(await first.ready(), "the first one is not disturbed").toBe(true);
    first.child.kill("SIGTERM");
    await first.exited;
    expect(existsSync(env.DATA_DIR!) && readdirSync(env.DATA_DIR!).length > 0).toBe(true);
  });
});
