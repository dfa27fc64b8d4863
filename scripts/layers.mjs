import { output, root } from "./lib/run.mjs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Checks the import directions over the whole graph, and that the tool really saw it (it is silent when it cannot parse). */
const cli = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
const folders = ["app", "components", "lib", "emulator"];
const text = spawnSync(
  process.execPath,
  [cli, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders],
  { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
).stdout;
const { summary } = JSON.parse(text);
for (const violation of summary.violations)
  console.error(`${violation.rule.name}: ${violation.from} → ${violation.to}`);
const files =
  (await output("git", ["ls-files", ...folders.map((folder) => `${folder}/**/*.ts`)]))?.split("\n").length ??
  0;
if (summary.totalCruised < Math.max(1, files / 2)) {
  console.error(
    `Only ${summary.totalCruised} modules were seen of about ${files}: the check itself is broken.`,
  );
  process.exitCode = 1;
} else if (summary.violations.length > 0) {
  process.exitCode = 1;
} else {
  console.log(`Layers hold: ${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports.`);
}
