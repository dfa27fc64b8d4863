/** The layer wall as a graph check: the same directions as eslint.config.mjs, but over resolved modules, plus cycles. */
const forbid = (name, from, to, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from, pathNot: "\\.test\\.tsx?$" },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Break the cycle: move what both need one layer down.",
      from: {},
      to: { circular: true, dependencyTypesNot: ["type-only"] },
    },
    forbid(
      "contract-is-data",
      "^lib/contract",
      "^(app|components|emulator|lib/(domain|server|client|queries))",
      "The contract imports zod and its neighbours only.",
    ),
    forbid(
      "domain-is-pure",
      "^lib/domain",
      "^(app|components|emulator|lib/(server|client|queries))",
      "lib/domain is pure; pass data in.",
    ),
    forbid(
      "no-server-in-browser",
      "^(components|lib/(client|queries|domain|contract))",
      "^lib/server",
      "Call an API route instead.",
    ),
    forbid(
      "server-knows-no-screen",
      "^lib/server",
      "^(app|components|lib/(client|queries)|emulator)",
      "Return data; a component draws it.",
    ),
    forbid(
      "emulator-apart",
      "^emulator",
      "^(app|components|lib/(domain|server|client|queries))",
      "The emulator shares the contract and nothing else.",
    ),
    forbid(
      "app-without-emulator",
      "^(app|components|lib)",
      "^emulator",
      "The app meets the emulator over HTTP only.",
    ),
    forbid(
      "nothing-imports-routes",
      "^(components|lib|emulator)",
      "^app",
      "Move the shared part to components or lib.",
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(node_modules|\\.next)/" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js"] },
  },
};
