import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("./", import.meta.url));

/** Three projects: pure logic, components in a simulated browser, and the database suite (one run per engine). */
export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The guard only means something to the bundler; under test it would throw on import.
      { find: "server-only", replacement: `${root}scripts/testing/server-only.ts` },
    ],
  },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["{lib,emulator,scripts,bench,app,components}/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "components",
          environment: "happy-dom",
          setupFiles: [`${root}scripts/testing/component-waits.ts`],
          include: ["{app,components,lib}/**/*.test.tsx"],
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          environment: "node",
          include: ["{lib/server,app}/**/*.db.test.ts"],
          // Each suite has a database of its own. More at once than this would crowd the few tests that measure time.
          maxWorkers: 2,
        },
      },
    ],
  },
});
