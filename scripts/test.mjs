import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { startPostgres } from "./lib/postgres.mjs";
import { ensureBuilt, ensureInstalled } from "./lib/prepare.mjs";
import { exitCode, root } from "./lib/run.mjs";
import { artifactFolder } from "./lib/stage.mjs";

/**
 * `npm test`: everything, on a machine that had only Node and git. Each check counts as one; unit, database and browser
 * tests count one by one. The last line is `N passed, N failed`.
 */
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const tally = { passed: 0, failed: 0 };
const lines = [];
/** What failed, a line each. A log is often cut at its front, so it is said again at the end. */
const failures = [];

function note(name, passed, failed, started) {
  tally.passed += passed;
  tally.failed += failed;
  lines.push(
    `${failed ? "✗" : "✓"} ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`,
  );
}

async function check(name, script) {
  const started = Date.now();
  console.log(`\n── ${name}`);
  const code = await exitCode(npm, ["run", "-s", script], {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  note(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1, started);
}

/** Runs a test runner that writes a JSON report; a missing or empty report is a failure, not a pass. */
async function suite(name, command, args, { report, read, env }) {
  const started = Date.now();
  console.log(`\n── ${name}`);
  rmSync(report, { force: true });
  const code = await exitCode(command, args, { env: { ...process.env, ...env } });
  const content = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  const counts = content ? read(content) : { passed: 0, failed: 0 };
  if (content) failures.push(...failedTests(content));
  const broken = counts.passed + counts.failed === 0 || (code !== 0 && counts.failed === 0);
  note(name, counts.passed, counts.failed + (broken ? 1 : 0), started);
}

const readVitest = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests + (report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0),
});

/** The failed tests of a vitest report, each with its file and the first line of its first message. */
function failedTests({ testResults = [] }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === "failed");
    if (failed.length === 0 && message) return [`${file}: ${firstLine(message)}`];
    return failed.map((test) => `${file} › ${test.fullName}: ${firstLine(test.failureMessages[0] ?? "")}`);
  });
}

/** The first lines, and how many more there are. */
const shortened = (all, most) =>
  all.length > most ? [...all.slice(0, most), `and ${all.length - most} more`] : all;

const firstLine = (text) => text.split("\n", 1)[0].slice(0, 200);

async function main() {
  const only = process.argv.slice(2);
  const wanted = (name) => only.length === 0 || only.includes(name);
  await ensureInstalled();
  const folder = artifactFolder("test");
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");

  if (wanted("check")) {
    await check("format", "format:check");
    await check("types", "types");
    await check("lint", "lint");
    await check("layers", "layers");
    await check("dead code", "dead-code");
    await check("generated files", "docs:check");
  }
  if (wanted("unit")) {
    const report = join(folder, "unit.json");
    await suite(
      "unit, contract and component tests",
      process.execPath,
      [
        vitest,
        "run",
        "--project",
        "unit",
        "--project",
        "components",
        "--reporter=dot",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ],
      { report, read: readVitest },
    );
  }
  if (wanted("database")) {
    const report = join(folder, "database.json");
    const postgres = await startPostgres();
    if (!postgres) {
      console.error("PostgreSQL cannot be had on this machine: the database suite runs on PGlite only.");
      if (process.env.CI) note("PostgreSQL for the database suite", 0, 1, Date.now());
    }
    try {
      await suite(
        `database tests on PGlite${postgres ? " and PostgreSQL" : ""}`,
        process.execPath,
        [
          vitest,
          "run",
          "--project",
          "database",
          "--reporter=default",
          "--reporter=json",
          `--outputFile.json=${report}`,
        ],
        {
          report,
          read: readVitest,
          env: postgres ? { WATCHFLOOR_TEST_DATABASE_URL: postgres.url } : {},
        },
      );
    } finally {
      await postgres?.stop();
    }
  }
  if (wanted("e2e")) {
    const started = Date.now();
    try {
      await ensureBuilt();
      note("build", 1, 0, started);
      const report = join(folder, "e2e.json");
      await suite(
        "browser tests and canary scan",
        process.execPath,
        ["scripts/e2e.mjs", "--report", report],
        { report, read: (counts) => counts },
      );
    } catch (error) {
      console.error(error.message);
      note("build", 0, 1, started);
    }
  }

  if (failures.length > 0) console.log(`\nFailed:\n${shortened(failures, 60).join("\n")}`);
  console.log(`\n${lines.join("\n")}`);
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  if (tally.failed > 0) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  console.log(`\n${tally.passed} passed, ${tally.failed + 1} failed`);
  process.exitCode = 1;
});
