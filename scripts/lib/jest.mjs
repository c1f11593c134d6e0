/** One jest project at a time, counted from the report that jest writes itself. */
import fs from 'node:fs';
import path from 'node:path';

import { start } from './children.mjs';
import { JEST_BIN, ROOT } from './paths.mjs';

const REPORTS = path.join(ROOT, '.tmp/reports');

/** A file that could not be loaded has no failed test, so it counts as one itself; so does a run without a report. */
const countsOf = (file) => {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

/**
 * Runs one project of jest.config.cjs.
 * @param {string} project its displayName
 * @param {{ workers?: number, env?: Record<string, string> }} options
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} failed is at least 1 when jest was not content
 */
export const runProject = async (project, { workers = 2, env } = {}) => {
  process.stdout.write(`\n› ${project} tests\n`);
  fs.mkdirSync(REPORTS, { recursive: true });
  const report = path.join(REPORTS, `${project}.json`);
  fs.rmSync(report, { force: true });
  const args = [JEST_BIN, '--selectProjects', project, '--maxWorkers', String(workers)];
  const child = start([...args, '--json', '--outputFile', report], { cwd: ROOT, env, stdout: 'ignore' });
  const code = await child.ended;
  const counts = countsOf(report);
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
};

const add = (sum, counts) => ({
  passed: sum.passed + counts.passed,
  failed: sum.failed + counts.failed,
  skipped: sum.skipped + counts.skipped,
});

/**
 * Adds the projects up.
 * @returns {{ failed: number, line: string }} line: `N passed, N failed`, also left in .tmp/reports/summary.txt
 */
export const summarise = (results) => {
  const { passed, failed, skipped } = results.reduce(add, { passed: 0, failed: 0, skipped: 0 });
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  fs.writeFileSync(path.join(REPORTS, 'summary.txt'), `${line}\n`);
  return { failed, line };
};
