/** doctor: what the app runs on and whether it is well. */
import type { DoctorReport } from '../../shared/domain/app.ts';
import { defineCommand } from '../command.ts';
import { formatColumns } from '../table.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Versions, native library, data folder and health',
  positionals: [],
  options: {},
  async run({ client, terminal }) {
    const report = await (await client()).getDoctorReport();
    terminal.result(report, describeReport(report));
    return report.healthy ? 0 : 1;
  },
});

function describeReport(report: DoctorReport): string {
  const facts = formatColumns([
    ['App', report.app],
    ['Node', report.node],
    ['Electron', report.electron ?? 'not used here'],
    ['TensorFlow', report.tensorflow ?? 'cannot be loaded'],
    ['  from', report.tensorflowSource ?? '-'],
    ['Threads', String(report.threads)],
    ['SQLite', report.sqlite],
    ['Data folder', report.home],
    ['Resumable', report.resumable.join(', ') || 'nothing'],
  ]);
  const verdict = report.healthy
    ? 'Everything is in order.'
    : report.problems.map((problem) => `Problem: ${problem}`).join('\n');
  return `${facts}\n\n${verdict}`;
}
