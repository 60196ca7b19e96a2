/** Our inference: the session that answers recognition and evaluation. */
import { readFileSync } from 'node:fs';
import { InferenceSession } from '../../src/engine/inference-session.ts';
import { tensorflowVersion } from '../../src/engine/tensorflow.ts';
import { IMAGE_PIXELS } from '../../src/shared/domain/image.ts';
import { answerMessages, type Runner } from './answer.ts';
import type { Task } from './protocol.ts';

const WARM_UP_CALLS = 10;

async function prepare({ spec, batchSize, data, weights }: Task): Promise<Runner> {
  const session = new InferenceSession(spec, new Float32Array(new Uint8Array(readFileSync(weights)).buffer));
  const pixels = new Uint8Array(readFileSync(data.path)).subarray(0, data.count * IMAGE_PIXELS);
  const batches = Math.floor(data.count / batchSize);
  const batch = (index: number) => {
    const start = (index % batches) * batchSize;
    return pixels.subarray(start * IMAGE_PIXELS, (start + batchSize) * IMAGE_PIXELS);
  };
  const round = async (calls: number) => {
    const latencies = Array.from({ length: calls }, (_, i) => {
      const startedAt = performance.now();
      session.predict(batch(i));
      return performance.now() - startedAt;
    });
    const seconds = latencies.reduce((sum, latency) => sum + latency, 0) / 1000;
    return { images: calls * batchSize, seconds, latencies };
  };

  await round(WARM_UP_CALLS);
  return {
    ready: { parameters: session.network.parameters, note: `TensorFlow ${tensorflowVersion()}` },
    round,
    check: (images) => [...session.predict(pixels.subarray(0, images * IMAGE_PIXELS))],
    close: async () => session.dispose(),
  };
}

await answerMessages(prepare);
