/** Downloading one file, so that it is either whole or not there. */
import { createWriteStream, rmSync } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SetupProblem, problemOf } from '../lib/problem.mjs';

const CONNECT_MS = 10_000;
const STALL_MS = 30_000;
const RETRY = 'Start again; if it happens again, the connection is the reason.';

/**
 * Downloads `url` to the file `to`. Fails fast without a connection, and when the line goes dead half-way.
 * @param {string} url
 * @param {string} to
 * @param {{connectMs?: number, stallMs?: number}} [limits] how long to wait for the answer, and for the next bytes
 */
export async function download(url, to, { connectMs = CONNECT_MS, stallMs = STALL_MS } = {}) {
  const { host } = new URL(url);
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), connectMs);
  try {
    const answer = await fetch(url, { signal: stop.signal }).catch((cause) => {
      throw offline(host, cause);
    });
    if (!answer.ok) throw new SetupProblem(`${host} answered ${answer.status} for ${url}`, RETRY);
    let received = 0;
    const watch = new Transform({
      transform(chunk, _encoding, done) {
        received += chunk.length;
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), stallMs);
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(answer.body), watch, createWriteStream(to), { signal: stop.signal });
    // A line that drops is an error of fetch itself; a proxy that ends early is seen only here.
    const promised = Number(answer.headers.get('content-length') ?? received);
    if (received !== promised) throw truncated(host, received, promised);
  } catch (error) {
    rmSync(to, { force: true });
    throw explained(error, host);
  } finally {
    clearTimeout(timer);
  }
}

function offline(host, cause) {
  const reason = cause.cause?.code ?? cause.name;
  return new SetupProblem(
    `${host} cannot be reached (${reason === 'AbortError' ? 'no answer' : reason})`,
    'Connect to the internet once and start again; later starts work offline.',
  );
}

const truncated = (host, received, promised) =>
  new SetupProblem(`the download from ${host} broke off at ${received} of ${promised} bytes`, RETRY);

function explained(error, host) {
  const known = problemOf(error, `downloading from ${host}`);
  if (known instanceof SetupProblem) return known;
  return new SetupProblem(
    `the download from ${host} broke off (${error.cause?.code ?? error.message})`,
    RETRY,
  );
}
