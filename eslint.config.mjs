import nextPlugin from "eslint-config-next";
import nextTypescript from "eslint-config-next/typescript";

/** One wall of the house: files under `files` may not import what `group` names; `message` says what to do instead. */
const wall = (files, patterns) => ({
  files,
  ignores: ["**/*.test.ts", "**/*.test.tsx"],
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

const up = {
  app: {
    group: ["@/app/*", "**/app/**"],
    message: "Nothing imports routes. Move the shared part to components/ or lib/.",
  },
  components: {
    group: ["@/components/*"],
    message: "lib/ does not know the screen. Return data and let a component draw it.",
  },
  server: {
    group: ["@/lib/server/*"],
    message:
      "Server code never reaches the browser. Call an API route through lib/client, or move the pure part to lib/domain.",
  },
  emulator: {
    group: ["@/emulator/*"],
    message: "The emulator is a program of its own. Talk to it over HTTP.",
  },
  client: {
    group: ["@/lib/client/*", "@/lib/queries/*"],
    message: "Browser code. The server calls lib/server directly.",
  },
  react: {
    group: ["react", "react-dom", "next", "next/*", "@tanstack/*"],
    message: "This layer is pure data and logic. Keep frameworks in components/ or app/.",
  },
};

const config = [
  {
    ignores: [
      ".next/**",
      ".data/**",
      ".demo/**",
      ".artifacts/**",
      "node_modules/**",
      "next-env.d.ts",
      "lib/server/db/migrations/**",
      "**/*.gen.ts",
    ],
  },
  ...nextPlugin,
  ...nextTypescript,
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "react-hooks/incompatible-library": "off",
      "no-console": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ["scripts/**", "bench/**", "emulator/main.ts", "e2e/**"], rules: { "no-console": "off" } },
  // Playwright's fixtures take a callback named `use`, which is no React hook.
  { files: ["e2e/**"], rules: { "react-hooks/rules-of-hooks": "off" } },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "e2e/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "max-lines": "off" },
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    ignores: [
      "lib/server/env.ts",
      "scripts/**",
      "bench/**",
      "e2e/**",
      "emulator/main.ts",
      "playwright.config.ts",
      "vitest.config.ts",
      "**/*.test.ts",
      "**/*.db.test.ts",
    ],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message:
            "Only lib/server/env.ts reads the environment. Add the name there, parsed, and import env().",
        },
      ],
    },
  },
  wall(
    ["lib/contract/**"],
    [
      up.app,
      up.components,
      up.server,
      up.client,
      up.emulator,
      up.react,
      { group: ["@/lib/domain/*"], message: "The contract is data: it imports zod and its neighbours only." },
    ],
  ),
  wall(["lib/domain/**"], [up.app, up.components, up.server, up.client, up.emulator, up.react]),
  wall(["lib/server/**"], [up.app, up.components, up.client, up.emulator]),
  wall(["lib/client/**", "lib/queries/**"], [up.app, up.components, up.server, up.emulator]),
  wall(["components/**"], [up.app, up.server, up.emulator]),
  wall(["app/**"], [up.emulator]),
  wall(
    ["emulator/**"],
    [
      up.app,
      up.components,
      up.server,
      up.client,
      up.react,
      {
        group: ["@/lib/domain/*"],
        message: "The emulator shares the contract with the app and nothing else.",
      },
    ],
  ),
];

export default config;
