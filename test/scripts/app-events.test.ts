import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { parseEvent, readEvents, sentenceFor } from '../../scripts/lib/app-events.mjs';

describe('what the app tells its starter', () => {
  it('reads one event a line, also when lines arrive in pieces', async () => {
    const stdout = new PassThrough();
    const events: unknown[] = [];
    readEvents(stdout, (event) => events.push(event));
    stdout.write('{"event":"liste');
    stdout.write('ning","url":"http://127.0.0.1:1/"}\n{"event":"recogn');
    stdout.end('izedSample","text":"7","milliseconds":12.34}\n');
    await vi.waitFor(() => expect(events).toHaveLength(2));
    expect(events).toEqual([
      { event: 'listening', url: 'http://127.0.0.1:1/' },
      { event: 'recognizedSample', text: '7', milliseconds: 12.34 },
    ]);
  });

  it.each(['', 'hello', '{', '{"other":1}', '{"event":3}', '[1]'])('takes %j for no event', (line) => {
    expect(parseEvent(line)).toBeUndefined();
  });

  it('says in a sentence what was read', () => {
    const sentence = sentenceFor({ event: 'recognizedSample', text: '7', milliseconds: 12.34 });
    expect(sentence).toBe('It read the built-in sample digit as "7" in 12.3 ms.');
  });

  it('has nothing to say about other events', () => {
    expect(sentenceFor({ event: 'listening' })).toBeUndefined();
  });
});
