import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openModelStore, type ModelStore } from '../../../src/core/models/model-store.ts';
import { databasePath, openDatabase } from '../../../src/core/storage/database.ts';
import { TINY_NETWORK, TINY_PARAMETERS, tinyCard, tinyWeights } from '../../support/app-fixture.ts';

let home: string;
let db: DatabaseSync;
let models: ModelStore;
let ids = 0;
const open = () =>
  openModelStore({ db, home, resources: join(home, 'resources'), randomId: () => `id${++ids}` });
const content = { network: TINY_NETWORK, weights: tinyWeights(0.5) };
const folders = () => readdirSync(join(home, 'models'));

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'models-'));
  db = openDatabase(databasePath(home));
  ids = 0;
  models = await open();
});
afterEach(() => {
  db.close();
  rmSync(home, { recursive: true, force: true });
});

describe('save', () => {
  it('writes the three files, and what is loaded is what was saved', async () => {
    await models.save(tinyCard('mine'), content);
    expect(folders()).toEqual(['mine-id1']);
    expect(readdirSync(join(home, 'models/mine-id1')).sort()).toEqual([
      'card.json',
      'model.json',
      'weights.bin',
    ]);
    const loaded = await models.load(models.find('mine'));
    expect(new Uint8Array(loaded.weights)).toEqual(content.weights);
    expect(loaded.network.layers.map(({ type }) => type)).toEqual(['flatten', 'dense']);
    expect(models.list()).toMatchObject([{ name: 'mine', parameters: TINY_PARAMETERS, builtIn: false }]);
    expect(await models.get('mine')).toMatchObject({ checksum: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('refuses a name that is taken, and leaves nothing', async () => {
    await models.save(tinyCard('mine'), content);
    await expect(models.save(tinyCard('mine'), content)).rejects.toMatchObject({ key: 'modelNameTaken' });
    await expect(models.save(tinyCard('default'), content)).rejects.toMatchObject({ key: 'modelNameTaken' });
    expect(folders()).toEqual(['mine-id1']);
  });

  it('leaves no folder when the model cannot be registered', async () => {
    db.exec('DROP TABLE models; CREATE TABLE models (name)');
    await expect(models.save(tinyCard('mine'), content)).rejects.toThrow();
    expect(folders()).toEqual([]);
  });

  it('keeps long names short enough for every file system', async () => {
    const name = '数'.repeat(80);
    await models.save(tinyCard(name), content);
    expect(Buffer.byteLength(folders()[0]!)).toBeLessThan(255);
    expect(models.find(name).card.name).toBe(name);
  });
});

describe('load', () => {
  it.each(['model.json', 'weights.bin'])('finds a changed %s', async (file) => {
    await models.save(tinyCard('mine'), content);
    const path = join(home, 'models/mine-id1', file);
    const bytes = readFileSync(path);
    bytes[10]! ^= 1;
    writeFileSync(path, bytes);
    await expect(models.load(models.find('mine'))).rejects.toThrow(
      'The files of model "mine" are damaged: its checksum is not the one it was saved with.',
    );
  });

  it('says which file is missing', async () => {
    await models.save(tinyCard('mine'), content);
    rmSync(join(home, 'models/mine-id1/weights.bin'));
    await expect(models.load(models.find('mine'))).rejects.toThrow(/"mine" are damaged: weights.bin cannot/);
  });
});

describe('openModelStore', () => {
  it('sweeps what an interrupted save left', async () => {
    mkdirSync(join(home, 'models/half-id9.tmp-999999999'));
    await open();
    expect(folders()).toEqual([]);
  });

  it('works without a bundled model and says so when it is asked for', () => {
    expect(models.list()).toEqual([]);
    expect(() => models.find('default')).toThrow(/No model is bundled/);
    expect(() => models.find('other')).toThrow('There is no model named "other". Known models: -.');
  });
});
