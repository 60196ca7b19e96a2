/** A contender's own side, in Node: reads messages from stdin and answers each on stdout. */
import { createInterface } from 'node:readline';
import type { Message, Ready, Reply, Round, Task } from './protocol.ts';

export interface Runner {
  ready: Ready;
  round(steps: number): Promise<Round>;
  /** Probabilities of the first `images` images; for inference. */
  check?(images: number): number[];
  close(): Promise<void>;
}

/** Answers until stdin ends. `prepare` makes the runner of a task, warmed up. */
export async function answerMessages(prepare: (task: Task) => Promise<Runner>): Promise<void> {
  let runner: Runner | undefined;
  const respond = async (message: Message): Promise<Reply> => {
    if ('prepare' in message) {
      await runner?.close();
      runner = undefined;
      runner = await prepare(message.prepare);
      return { ready: runner.ready };
    }
    if (!runner) throw new Error('Nothing has been prepared.');
    if ('round' in message) return { result: await runner.round(message.round.steps) };
    return { probabilities: runner.check?.(message.check.images) ?? [] };
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await respond(JSON.parse(line) as Message).catch((error: Error): Reply => ({
      error: error.message,
    }));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}
