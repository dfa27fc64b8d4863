import { readFileSync } from "node:fs";
import { budget, measuredPages, scriptBytes } from "../bench/script-bytes.mjs";
import emptyPage from "../bench/empty-page/size.json" with { type: "json" };
import { emulator } from "./fixtures/emulator";
import { expect, test } from "./fixtures/test";

test.use({ person: "admin@demo.test" });
// Ten pages, each left alone until its network is quiet; a small scene lets the walk of the queue end soon.
test.describe.configure({ timeout: 180_000 });

test.beforeEach(() => emulator.reset({ scenario: "quiet-night", seed: 7 }));

test("the kept size of the empty page was measured with the very libraries in use", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const [name, version] of Object.entries(emptyPage.builtWith))
    expect(dependencies[name], `${name}: run \`npm run bench -- first-load\`, which measures anew`).toBe(
      version,
    );
});

test("no page loads more script than its budget before a hand is laid on it", async ({
  signedIn,
  browser,
  baseURL,
}) => {
  const session = await signedIn.context().storageState();
  for (const [name, path] of measuredPages as [string, string][]) {
    const context = await browser.newContext(path === "/sign-in" ? {} : { storageState: session });
    const bytes = await scriptBytes(context, `${baseURL}${path}`);
    await context.close();
    const ratio = bytes / emptyPage.bytes;
    console.log(`  ${name}: ${Math.round(bytes / 1000)} kB of script, ${ratio.toFixed(3)} × an empty page`);
    expect.soft(ratio, `script of ${name}, as a multiple of an empty page's`).toBeLessThanOrEqual(budget);
  }
});
