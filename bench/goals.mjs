const GOALS = {
  naive: { 1: 15, 10: 75, 100: 120 },
  empty: 0.6,
  raw: 0.3,
  campaignP50: 50,
  campaignP99: 250,
  bigP99: 700,
  cpu: { 1: 800, 10: 120 },
};

export const median = (values) => {
  const sorted = values.filter((value) => value !== null && !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** One line per cell: medians, and the median of the ratios of each repeat (what ran side by side is compared). */
export const summarise = (cell) => {
  const of = (name, key) => median(cell[name].map((sample) => sample[key]));
  const ratio = (name) =>
    median(cell[name].map((other, index) => cell.ours[index].eventsPerSecond / other.eventsPerSecond));
  return {
    batch: cell.batch,
    connections: cell.connections,
    eventsPerSecond: of('ours', 'eventsPerSecond'),
    p50: of('ours', 'p50'),
    p99: of('ours', 'p99'),
    cpu: of('ours', 'cpuPerEvent'),
    dbCpu: of('ours', 'dbCpuPerEvent'),
    naive: {
      eventsPerSecond: of('naive', 'eventsPerSecond'),
      p50: of('naive', 'p50'),
      p99: of('naive', 'p99'),
      cut: cell.naive.some((sample) => sample.cut > 0),
      cpu: of('naive', 'cpuPerEvent'),
    },
    empty: { eventsPerSecond: of('empty', 'eventsPerSecond'), cpu: of('empty', 'cpuPerEvent') },
    raw: { eventsPerSecond: of('raw', 'eventsPerSecond') },
    ratios: { naive: ratio('naive'), empty: ratio('empty'), raw: ratio('raw') },
    non200: cell.ours.reduce((sum, sample) => sum + sample.non200, 0),
  };
};

const verdict = (id, what, measured, passed) => ({ id, what, measured, passed });

const matrixGoals = (cells) => {
  const cell = (batch) => cells.find((one) => one.batch === batch && one.connections === 20);
  const found = [];
  for (const batch of [1, 10, 100]) {
    const one = cell(batch);
    if (!one) continue;
    const goal = GOALS.naive[batch];
    const { naive } = one.ratios;
    found.push(
      verdict('P1', `≥ ${goal} × the plain way at ${batch}`, `${naive.toFixed(0)} ×`, naive >= goal),
    );
  }
  const [single, ten, hundred] = [1, 10, 100].map(cell);
  if (single) {
    const { empty } = single.ratios;
    found.push(
      verdict('P5', `≥ ${GOALS.empty} of the empty handler at 1`, empty.toFixed(2), empty >= GOALS.empty),
    );
  }
  if (hundred) {
    const { raw } = hundred.ratios;
    found.push(verdict('P6', `≥ ${GOALS.raw} of the raw driver at 100`, raw.toFixed(2), raw >= GOALS.raw));
  }
  for (const [batch, one] of [
    [1, single],
    [10, ten],
  ]) {
    if (!one) continue;
    const goal = GOALS.cpu[batch];
    found.push(
      verdict('P9', `≤ ${goal} µs CPU per event at ${batch}`, `${one.cpu.toFixed(0)} µs`, one.cpu <= goal),
    );
  }
  return found;
};

const campaignGoal = (run) => {
  const { p50, p99 } = run.latencyMs;
  const passed =
    p50 < GOALS.campaignP50 &&
    p99 < GOALS.campaignP99 &&
    run.non200 === 0 &&
    run.unanswered === 0 &&
    run.allRead &&
    run.consistent;
  const measured = `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${run.non200 + run.unanswered} not 200`;
  return verdict(
    'P7',
    `3,300 events/s: p50 < ${GOALS.campaignP50} ms, p99 < ${GOALS.campaignP99} ms`,
    measured,
    passed,
  );
};

const bigGoal = (run) => {
  const { p99 } = run.latencyMs;
  const passed = p99 < GOALS.bigP99 && run.non200 === 0 && run.unanswered === 0 && run.consistent;
  const measured = `p99 ${p99.toFixed(0)} ms, ${run.eventsPerSecond} events/s, ${run.non200} not 200`;
  return verdict('P8', `1,000 events in a delivery: p99 < ${GOALS.bigP99} ms`, measured, passed);
};

const durabilityGoal = (run) =>
  verdict(
    'P14',
    `${run.rounds} × kill -9: nothing acknowledged is lost`,
    `${run.acknowledged} acknowledged, ${run.lost} lost, ${run.redeliveryAdded} doubled, ${run.broken} broken`,
    run.acknowledged > 0 && run.lost === 0 && run.broken === 0 && run.redeliveryAdded === 0,
  );

/** Pass or fail of every goal that was measured on one engine. */
export const judge = ({ cells, audit, campaign, big, durability }) => [
  ...(cells ? matrixGoals(cells) : []),
  ...(audit
    ? [
        verdict(
          'rows',
          'rows = distinct ids = unread = links',
          `${audit.rows} = ${audit.distinct} = ${audit.unread} = ${audit.linked}`,
          audit.consistent,
        ),
      ]
    : []),
  ...(campaign ? [campaignGoal(campaign)] : []),
  ...(big ? [bigGoal(big)] : []),
  ...(durability ? [durabilityGoal(durability)] : []),
];
