import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  ensureNativeTensorflow,
  nativeTensorflowIsReady,
} from '../../../scripts/native-tensorflow/index.mjs';
import {
  COMPILER,
  ELF_ARM64,
  ELF_X64,
  acceptGoodBindings,
  elf,
  fakeMachine,
  type FakeMachine,
} from '../fake-machine.ts';

/** The fake programs are shell scripts. */
const onUnix = describe.skipIf(process.platform === 'win32');

let machine: FakeMachine;
let tfjs: string;

beforeEach(() => {
  machine = fakeMachine();
  tfjs = join(machine.root, 'node_modules/@tensorflow/tfjs-node');
  acceptGoodBindings(machine);
  // Nothing listens there: the official download is offline unless a test says otherwise.
  machine.env.TFJS_NODE_CDN_STORAGE = 'http://127.0.0.1:1/';
});
afterEach(() => machine.remove());

/** A folder as libtensorflow unpacks, for `processor`. */
function givenFolder(processor = ELF_X64): string {
  const folder = join(machine.env.HOME ?? '', 'given');
  mkdirSync(join(folder, 'lib'), { recursive: true });
  mkdirSync(join(folder, 'include/tensorflow/c'), { recursive: true });
  writeFileSync(join(folder, 'include/tensorflow/c/c_api.h'), '');
  for (const name of ['libtensorflow.so.2', 'libtensorflow_framework.so.2'])
    writeFileSync(join(folder, 'lib', name), elf(processor));
  return folder;
}

/** Serves for one test; gives the address with a slash at its end. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((ready) => server.once('listening', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const setUp = () => ensureNativeTensorflow(machine);
const refusal = () =>
  setUp().then(
    () => 'it succeeded',
    (error: Error) => error.message,
  );
/** What lies in tfjs-node's folder: only its own package.json, if nothing was left behind. */
const leftovers = () => readdirSync(tfjs).filter((name) => name !== 'package.json');

onUnix('when no source has TensorFlow', () => {
  it('says for each source what is missing, and leaves nothing', async () => {
    const message = await refusal();
    expect(message).toMatch(/already there: nothing is installed/);
    expect(message).toMatch(/cache: nothing is stored yet/);
    expect(message).toMatch(
      /official download: 127\.0\.0\.1:1 cannot be reached.*Connect to the internet once/,
    );
    expect(message).toMatch(/pip wheel: no Python was found.*Install Python/);
    expect(message).toMatch(/\$DIGIT_STUDIO_LIBTENSORFLOW: it is not set/);
    expect(leftovers()).toEqual([]);
    expect(nativeTensorflowIsReady(machine)).toBe(false);
  });

  it('asks for disk space before it starts to fill the disk', async () => {
    machine.freeBytes = () => 0.5e9;
    const message = await refusal();
    expect(message).toMatch(
      /official download: it needs 1\.2 GB of disk space, 0\.5 GB are free\. Free 0\.7 GB/,
    );
    expect(message).toMatch(/pip wheel: it needs 2\.5 GB/);
    expect(leftovers()).toEqual([]);
  });
});

onUnix('a folder that is named', () => {
  beforeEach(() => void (machine.env.DIGIT_STUDIO_LIBTENSORFLOW = givenFolder()));

  it('is used, with a binding compiled for it', async () => {
    machine.addProgram('g++', COMPILER);
    const origin = await setUp();
    expect(origin).toEqual({ source: expect.stringMatching(/^folder .*given$/), tensorflow: '9.9.9' });
    expect(leftovers().sort()).toEqual(['deps', 'lib']);
    expect(readFileSync(join(tfjs, 'lib/napi-v8/tfjs_binding.node'), 'utf8')).toBe('good');
    expect(readlinkSync(join(tfjs, 'deps/lib/libtensorflow.so'))).toBe('libtensorflow.so.2');
    expect(nativeTensorflowIsReady(machine)).toBe(true);
  });

  it('writes down where it came from, for doctor', async () => {
    machine.addProgram('g++', COMPILER);
    await setUp();
    const marker = JSON.parse(
      readFileSync(join(machine.root, 'node_modules/.digit-studio-native.json'), 'utf8'),
    );
    expect(marker).toMatchObject({ source: expect.stringContaining('given'), tensorflow: '9.9.9' });
  });

  it('needs a compiler, and says how to get one', async () => {
    expect(await refusal()).toMatch(
      /no C\+\+ compiler was found\. Install a C\+\+ compiler.*apt-get install g\+\+/,
    );
    expect(leftovers()).toEqual([]);
  });

  it('shows what the compiler complains about', async () => {
    machine.addProgram(
      'g++',
      '[ "$1" = --version ] && exit 0; echo "x.cc:1: fatal error: no such file" >&2; exit 1',
    );
    expect(await refusal()).toMatch(
      /g\+\+ could not compile the binding: x\.cc:1: fatal error: no such file/,
    );
    expect(leftovers()).toEqual([]);
  });

  it('says that the disk is full when the compiler says so', async () => {
    machine.addProgram(
      'g++',
      '[ "$1" = --version ] && exit 0; echo "ld: No space left on device" >&2; exit 1',
    );
    expect(await refusal()).toMatch(/the disk is full \(while compiling\)/);
    expect(leftovers()).toEqual([]);
  });

  it('must be for this processor', async () => {
    machine.addProgram('g++', COMPILER);
    machine.env.DIGIT_STUDIO_LIBTENSORFLOW = givenFolder(ELF_ARM64);
    expect(await refusal()).toMatch(/libtensorflow\.so\.2 is for arm64, this machine is x64/);
    expect(leftovers()).toEqual([]);
  });

  it('must work: a library that fails its op is not installed', async () => {
    machine.addProgram('g++', COMPILER.replace('good', 'bad'));
    expect(await refusal()).toMatch(/the library does not work here: invalid ELF header/);
    expect(leftovers()).toEqual([]);
  });

  it('must exist', async () => {
    machine.env.DIGIT_STUDIO_LIBTENSORFLOW = '/nowhere/at/all';
    expect(await refusal()).toMatch(/there is no folder \/nowhere\/at\/all/);
  });
});

onUnix('the cache', () => {
  beforeEach(async () => {
    machine.env.DIGIT_STUDIO_LIBTENSORFLOW = givenFolder();
    machine.addProgram('g++', COMPILER);
    await setUp();
    delete machine.env.DIGIT_STUDIO_LIBTENSORFLOW;
  });

  /** Another clone on the same machine, without compiler and network. */
  function freshClone(): FakeMachine {
    const clone = fakeMachine({ cache: machine.cache });
    acceptGoodBindings(clone);
    clone.env.TFJS_NODE_CDN_STORAGE = 'http://127.0.0.1:1/';
    onTestFinished(() => clone.remove());
    return clone;
  }

  it('serves the next clone offline, without copying the bytes', async () => {
    const clone = freshClone();
    const origin = await ensureNativeTensorflow(clone);
    expect(origin.source).toMatch(/given/);
    const library = 'node_modules/@tensorflow/tfjs-node/deps/lib/libtensorflow.so.2';
    expect(statSync(join(clone.root, library)).ino).toBe(statSync(join(machine.root, library)).ino);
    expect(nativeTensorflowIsReady(clone)).toBe(true);
  });

  it('is emptied when a file in it was changed', async () => {
    const [entry] = readdirSync(join(machine.cache, 'tensorflow'));
    const folder = join(machine.cache, 'tensorflow', entry ?? '');
    writeFileSync(join(folder, 'lib/napi-v8/tfjs_binding.node'), 'evil');
    const clone = freshClone();
    await expect(ensureNativeTensorflow(clone)).rejects.toThrow(
      /tfjs_binding\.node was damaged, so the cache was emptied/,
    );
    expect(existsSync(folder)).toBe(false);
  });

  it('is not needed: where it cannot be written, set-up still succeeds', async () => {
    const clone = freshClone();
    writeFileSync(join(machine.env.HOME ?? '', 'a-file'), '');
    clone.cache = join(machine.env.HOME ?? '', 'a-file', 'cache');
    clone.env.DIGIT_STUDIO_LIBTENSORFLOW = givenFolder();
    clone.addProgram('g++', COMPILER);
    await ensureNativeTensorflow(clone);
    expect(clone.said.join('\n')).toMatch(/not kept in/);
    expect(nativeTensorflowIsReady(clone)).toBe(true);
  });

  it('and the rest are skipped when the tree that is there works', async () => {
    const origin = await setUp();
    expect(origin.source).toBe('already there');
  });

  it('a binding that was swapped is checked again', () => {
    expect(nativeTensorflowIsReady(machine)).toBe(true);
    writeFileSync(join(tfjs, 'lib/napi-v8/tfjs_binding.node'), 'something else');
    expect(nativeTensorflowIsReady(machine)).toBe(false);
  });
});

onUnix('the official download', () => {
  it('notices a download that breaks off', async () => {
    machine.env.TFJS_NODE_CDN_STORAGE = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000000' });
      response.write('only the beginning', () => response.destroy());
    });
    expect(await refusal()).toMatch(
      /official download: the download from 127\.0\.0\.1:\d+ broke off.*Start again/,
    );
    expect(leftovers()).toEqual([]);
  });

  it('notices an archive that is damaged', async () => {
    machine.addRealProgram('/bin/tar');
    machine.addRealProgram('/bin/gzip');
    machine.env.TFJS_NODE_CDN_STORAGE = await serve((_request, response) =>
      response.end('this is no archive'),
    );
    expect(await refusal()).toMatch(/official download: http.* is damaged/);
    expect(leftovers()).toEqual([]);
  });

  it('passes on what the server answers', async () => {
    machine.env.TFJS_NODE_CDN_STORAGE = await serve((_request, response) => response.writeHead(404).end());
    expect(await refusal()).toMatch(/answered 404 for http/);
  });

  it('asks for the same two files as the installer of tfjs-node, and installs them', async () => {
    // The fake tar makes what the two archives would hold; -xf FILE -C FOLDER.
    machine.addProgram(
      'tar',
      `case $4 in
         */deps) /bin/mkdir -p "$4/lib"; printf '${printable(elf(ELF_X64))}' > "$4/lib/libtensorflow.so";;
         *) /bin/mkdir -p "$4/napi-v8"; printf good > "$4/napi-v8/tfjs_binding.node";;
       esac`,
    );
    const asked: (string | undefined)[] = [];
    machine.env.TFJS_NODE_CDN_STORAGE = await serve((request, response) => {
      asked.push(request.url);
      response.end('packed');
    });
    const origin = await setUp();
    expect(asked).toEqual([
      '/tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz',
      '/tf-builds/pre-built-binary/napi-v8/4.22.0/CPU-linux-4.22.0.tar.gz',
    ]);
    expect(origin.source).toMatch(/^official download/);
    expect(leftovers().sort()).toEqual(['deps', 'lib']);
  });
});

onUnix('the pip wheel', () => {
  it.each([
    ['no pip', 'echo "No module named pip" >&2; exit 1', /python3 has no pip/],
    [
      'no connection',
      offline('NewConnectionError: Temporary failure in name resolution'),
      /cannot reach Python's package/,
    ],
    [
      'a full disk',
      offline('OSError: [Errno 28] No space left on device'),
      /the disk is full\. Free about 2\.5 GB/,
    ],
    [
      'no wheel for it',
      offline('ERROR: No matching distribution found for tensorflow-cpu'),
      /finds no tensorflow-cpu/,
    ],
  ])('explains a Python with %s', async (_name, body, message) => {
    machine.addProgram('python3', body);
    expect(await refusal()).toMatch(message);
    expect(leftovers()).toEqual([]);
  });

  it('notices a damaged wheel', async () => {
    // pip "downloads" a file that is no wheel; the real Python then tries to unpack it.
    machine.addProgram(
      'python3',
      `case "$*" in
         *--version) exit 0;;
         *download*) for last; do :; done; while [ "$1" != --dest ]; do shift; done; echo no > "$2/x.whl"; exit 0;;
         *) exec /usr/bin/env -i PATH=/usr/bin:/bin python3 "$@";;
       esac`,
    );
    expect(await refusal()).toMatch(/pip wheel: the wheel is damaged: File is not a zip file/);
    expect(leftovers()).toEqual([]);
  });
});

/** A Python whose pip is there, but fails to download with this text. */
function offline(text: string): string {
  return `case "$*" in *--version) exit 0;; esac; echo "${text}" >&2; exit 1`;
}

/** Bytes as octal escapes that printf of any shell understands. */
function printable(bytes: Buffer): string {
  return Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
