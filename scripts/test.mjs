#!/usr/bin/env node
/** npm test: sets up what is missing, then static checks, unit and integration tests, and journeys in a browser. */
import { parseArgs } from 'node:util';
import { ensureChromium } from './lib/chromium.mjs';
import { thisMachine } from './lib/machine.mjs';
import { ensurePeers } from './lib/peers.mjs';
import { runMain } from './lib/problem.mjs';
import { ensureReady } from './lib/set-up.mjs';
import { runStage, stagesFor } from './lib/test-stages.mjs';

const OPTIONS = { peers: { type: 'boolean', default: false }, long: { type: 'boolean', default: false } };

/** Runs the stages until one fails, and says what happened in each. */
async function runStages(machine, stages) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const summary = [];
  for (const stage of stages) {
    machine.say(`\n== ${stage.name} ==`);
    const counts = await runStage(machine, stage);
    for (const kind of Object.keys(totals)) totals[kind] += counts[kind];
    summary.push(`${counts.failed > 0 ? 'FAILED' : 'ok    '}  ${stage.name}: ${describe(counts)}`);
    if (counts.failed > 0) break;
  }
  for (const stage of stages.slice(summary.length)) summary.push(`not run ${stage.name}`);
  console.log(`\n${summary.join('\n')}`);
  return totals;
}

const describe = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

await runMain(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  const machine = thisMachine();
  await ensureReady(machine);
  await ensureChromium(machine);
  const env = { ...machine.env };
  if (values.peers) {
    const peers = await ensurePeers(machine);
    if (peers.python) env.DIGIT_STUDIO_PEERS_PYTHON = peers.python;
    else console.log(`The comparisons with other libraries are skipped: ${peers.why}.`);
  }
  const stages = stagesFor({ peers: Boolean(env.DIGIT_STUDIO_PEERS_PYTHON), long: values.long });
  const totals = await runStages({ ...machine, env }, stages);
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed > 0 ? 1 : 0;
});
