const whole = (value) => (value === null ? '–' : Math.round(value).toLocaleString('en'));
const fine = (value) => (value === null ? '–' : value.toFixed(value < 10 ? 2 : 0));
const ms = (value) => (value < 10 ? value.toFixed(1) : whole(value));

const CELL_HEAD = [
  'database',
  'events × posts',
  'ours ev/s',
  'p50 / p99 ms',
  'CPU µs/event (+ database)',
  'plain ev/s',
  'plain p99 ms',
  'plain CPU µs',
  'empty ev/s',
  'raw ev/s',
  'ours ÷ plain',
  'ours ÷ empty',
  'ours ÷ raw',
];

const cellRow = (name, cell) => [
  name,
  `${cell.batch} × ${cell.connections}`,
  `**${whole(cell.eventsPerSecond)}**`,
  `${ms(cell.p50)} / ${ms(cell.p99)}`,
  cell.dbCpu === null ? whole(cell.cpu) : `${whole(cell.cpu)} (+ ${whole(cell.dbCpu)})`,
  whole(cell.naive.eventsPerSecond),
  `${cell.naive.cut ? '> ' : ''}${whole(cell.naive.p99)}`,
  whole(cell.naive.cpu),
  whole(cell.empty.eventsPerSecond),
  whole(cell.raw.eventsPerSecond),
  `**${fine(cell.ratios.naive)}**`,
  `**${fine(cell.ratios.empty)}**`,
  `**${fine(cell.ratios.raw)}**`,
];

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Above it others take so much that milliseconds and CPU say little of us; ratios of neighbouring runs still hold. */
const QUIET_LOAD = 0.7;
const BUSY = '**The machine was busy with other work: read the ratios, not the milliseconds (P7, P8, P9).**';

/** The Markdown that goes into README.md: machine, cells, goals. */
export const markdown = ({ date, mode, machine, busyBefore, engines, skipped }) => {
  const measured = engines.filter((engine) => engine.cells);
  const cells = measured.flatMap((engine) => engine.cells.map((cell) => cellRow(engine.name, cell)));
  const goals = engines.flatMap((engine) =>
    engine.goals.map((goal) => [
      engine.name,
      goal.id,
      goal.what,
      goal.measured,
      goal.passed ? 'pass' : '**FAIL**',
    ]),
  );
  const memory = measured.map(
    ({ name, peakMegabytes: peak }) =>
      `${name}: ours ${peak.ours} MB, plain ${peak.naive} MB, empty ${peak.empty} MB`,
  );
  return [
    `Measured ${date} (${mode}), ${machine}, load ${busyBefore.toFixed(1)} before the run.`,
    ...(busyBefore > QUIET_LOAD ? [BUSY] : []),
    ...skipped.map((line) => `**Skipped:** ${line}`),
    ...(cells.length > 0 ? [table(CELL_HEAD, cells)] : []),
    ...(memory.length > 0 ? [`Most memory held (RSS): ${memory.join('; ')}.`] : []),
    table(['database', 'goal', 'what', 'measured', ''], goals),
  ].join('\n\n');
};
