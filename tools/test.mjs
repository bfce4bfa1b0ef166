// npm test: everything that must hold. Each stage says how long it took; the last line counts the tests.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { ROOT, bin, build, run, setUp } from "./setup.mjs";

const RESULTS = join(ROOT, "test-results");
const BROWSERS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

function found(name) {
  return spawnSync("which", [name], { stdio: "ignore" }).status === 0;
}

/** Uses the browser that is there, else Playwright's, else Debian's package. */
function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named && existsSync(named)) return true;
  if (BROWSERS.some(found)) return true;
  const probe = "import('playwright').then(({ chromium: c }) => process.stdout.write(c.executablePath()))";
  const playwrightsOwn = () => spawnSync(process.execPath, ["-e", probe], { cwd: ROOT }).stdout.toString();
  if (!existsSync(playwrightsOwn())) {
    console.log("No Chromium found: installing one …");
    run(bin("playwright"), ["install", "chromium"], { timeout: 300_000, killSignal: "SIGKILL" });
  }
  if (existsSync(playwrightsOwn())) {
    process.env.CHROMIUM_PATH = playwrightsOwn();
    return true;
  }
  if (found("apt-get")) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
  return BROWSERS.some(found);
}

/** Test counts that a JSON report holds: Vitest's, Playwright's or the fault tests'. */
function counts(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  if (report.faults !== undefined) return report.faults;
  if (report.stats !== undefined) {
    return { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky + (report.errors?.length ?? 0) };
  }
  return { passed: report.numPassedTests, failed: report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1) };
}

const vitest = (project) => ({
  name: `${project} tests`,
  report: join(RESULTS, `${project}.json`),
  go: (report) => run(bin("vitest"), ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]),
});

/**
 * Chromium refuses an origin more than some sixty storage buckets ("Too many buckets created"), and journals of closed stores
 * used to leave one each. None is left now, and 48 of the 62 files passed in one browser; all of them in fewer parts are untried.
 */
const BROWSER_PARTS = 8;
const browserTests = Array.from({ length: BROWSER_PARTS }, (_, index) => ({
  name: `browser tests ${index + 1}/${BROWSER_PARTS}`,
  report: join(RESULTS, `browser-${index + 1}.json`),
  go: (report) => run(bin("vitest"), ["run", "--project", "browser", `--shard=${index + 1}/${BROWSER_PARTS}`, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]),
}));

/** Most of their time is waiting: they run beside the browser tests, and print when their turn has come. */
const FAULTS_LOG = join(RESULTS, "faults.log");
const faults = {
  name: "faults",
  report: join(RESULTS, "faults.json"),
  done: null,
  begin() {
    const log = openSync(FAULTS_LOG, "w");
    const child = spawn(bin("tsx"), ["tests/faults/main.ts", "--short", "--json", this.report], { cwd: ROOT, stdio: ["ignore", log, log] });
    this.done = new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 130)).once("error", () => resolve(1)));
  },
  async go() {
    if (this.done === null) this.begin();
    const status = await this.done;
    process.stdout.write(readFileSync(FAULTS_LOG));
    return status;
  },
};

const STAGES = [
  { name: "set-up", go: () => (setUp(), 0) },
  { name: "browser", go: () => (findBrowser() ? 0 : (console.error("No Chromium could be found or installed. Set CHROMIUM_PATH."), 1)) },
  { name: "type check", go: () => run(bin("tsc"), ["-b"]) },
  { name: "lint", go: () => run(bin("eslint"), ["."]) },
  { name: "dead code", go: () => run(bin("knip"), []) },
  { name: "build", go: () => (build(), 0) },
  { name: "bundle budget", go: () => run(bin("tsx"), ["tools/budget.ts"]) },
  vitest("unit"),
  ...browserTests,
  faults,
  {
    name: "end-to-end tests",
    report: join(RESULTS, "e2e.json"),
    go: (report) => run(bin("playwright"), ["test"], { env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } }),
  },
];

/** Without these, the rest cannot run. */
const NEEDED = new Set(["set-up", "browser", "build"]);

async function main() {
  const only = process.argv.slice(2);
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const times = [];
  const wanted = (name) => only.length === 0 || only.includes(name) || NEEDED.has(name);
  for (const stage of STAGES) {
    const { name, report } = stage;
    if (!wanted(name)) continue;
    if (browserTests.includes(stage) && wanted(faults.name) && faults.done === null) faults.begin();
    console.log(`\n== ${name}`);
    const begin = performance.now();
    const status = await stage.go(report);
    const seconds = (performance.now() - begin) / 1000;
    const tally = report === undefined ? { passed: 0, failed: status === 0 ? 0 : 1 } : counts(report);
    if (status !== 0 && tally.failed === 0) tally.failed = 1;
    passed += tally.passed;
    failed += tally.failed;
    skipped += tally.skipped ?? 0;
    times.push(`${name.padEnd(18)} ${seconds.toFixed(1).padStart(7)} s  ${status === 0 ? "ok" : "FAILED"}`);
    if (status !== 0 && NEEDED.has(name)) break;
  }
  console.log(`\n${times.join("\n")}\n`);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} fault tests SKIPPED: see the table above` : ""}`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

void main();
