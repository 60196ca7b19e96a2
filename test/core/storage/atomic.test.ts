import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  sweepTemporaries,
  writeFileAtomically,
  writeFolderAtomically,
} from '../../../src/core/storage/atomic.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeFileAtomically', () => {
  it('replaces the content and leaves no temporary file', async () => {
    await writeFileAtomically(join(folder, 'a'), 'old');
    await writeFileAtomically(join(folder, 'a'), Uint8Array.of(110, 101, 119));
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a']);
  });
});

describe('writeFolderAtomically', () => {
  it('makes all files', async () => {
    await writeFolderAtomically(join(folder, 'm'), { 'x.json': '{}', 'y.bin': Uint8Array.of(1) });
    expect(readdirSync(join(folder, 'm')).sort()).toEqual(['x.json', 'y.bin']);
    expect(readdirSync(folder)).toEqual(['m']);
  });

  it('leaves nothing when one file cannot be written', async () => {
    const files = { 'x.json': '{}', 'no/such/folder': '' };
    await expect(writeFolderAtomically(join(folder, 'm'), files)).rejects.toThrow(/ENOENT/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not touch a folder that is already there', async () => {
    await writeFolderAtomically(join(folder, 'm'), { a: '1' });
    await expect(writeFolderAtomically(join(folder, 'm'), { b: '2' })).rejects.toThrow();
    expect(readdirSync(join(folder, 'm'))).toEqual(['a']);
    expect(readdirSync(folder)).toEqual(['m']);
  });
});

describe('sweepTemporaries', () => {
  it('removes what dead processes left, and only that', async () => {
    writeFileSync(join(folder, 'm.tmp-1234'), '');
    writeFileSync(join(folder, 'n.tmp-5678'), '');
    writeFileSync(join(folder, 'kept'), '');
    expect(await sweepTemporaries(folder, (pid) => pid === 5678)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['kept', 'n.tmp-5678']);
  });
});
