import { defineConfig } from "@playwright/test";

/** Started by `scripts/e2e.mjs`, which brings up the built app and the emulator and names them in the environment. */
const baseURL = process.env.BASE_URL;
if (baseURL !== undefined && !/^http:\/\/127\.0\.0\.1:\d+$/.test(baseURL))
  throw new Error("Run the browser tests with `npm run e2e`: they need BASE_URL on loopback.");

export default defineConfig({
  testDir: "./e2e",
  outputDir: "./.artifacts/e2e/results",
  // One emulator, one app: its faults and clock are shared, so tests take turns.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  use: {
    baseURL,
    viewport: { width: 1280, height: 800 },
    colorScheme: "dark",
    // A trace copies the page at each step, which makes a list of thousands many times slower: ask for one with `--trace on`.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
