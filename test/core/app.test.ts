import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { context, openAppFixture, type AppFixture } from '../support/app-fixture.ts';

let fixture: AppFixture;
beforeEach(async () => {
  fixture = await openAppFixture();
});
afterEach(async () => {
  delete process.env.FAKE_ENGINE_START;
  await fixture.remove();
});
const service = () => fixture.app.service;

describe('a new home', () => {
  it('has the starter dataset and the bundled model', async () => {
    expect(await service().listDatasets(undefined, context)).toMatchObject([
      { name: 'starter', builtIn: true, counts: { train: 40, test: 10, unassigned: 0 } },
    ]);
    expect(await service().listModels(undefined, context)).toMatchObject([
      { name: 'default', builtIn: true },
    ]);
  });

  it('opens without starter data and model, and the doctor says what is missing', async () => {
    rmSync(fixture.resources, { recursive: true });
    mkdirSync(fixture.resources);
    await fixture.app.close();
    rmSync(fixture.home, { recursive: true });
    await fixture.reopen();
    const report = await service().getDoctorReport(undefined, context);
    expect(report).toMatchObject({ healthy: false, tensorflow: 'fake', home: fixture.home });
    expect(report.problems).toEqual([
      expect.stringContaining('starter data'),
      expect.stringContaining('No model is bundled'),
    ]);
    const drawn = { ink: { strokes: [[[0, 0] as [number, number]]] } };
    await expect(service().recognizeInk(drawn, context)).rejects.toMatchObject({ key: 'modelNotBundled' });
  });

  it('is refused when it is a file', async () => {
    const home = join(fixture.resources, 'file');
    writeFileSync(home, '');
    await expect(fixture.reopen({ home })).rejects.toMatchObject({ code: 'storage', key: 'homeNotFolder' });
    await fixture.reopen();
  });
});

describe('recognition', () => {
  const seven = {
    strokes: [
      [
        [0, 0],
        [10, 0],
        [5, 20],
      ] as [number, number][],
    ],
  };

  it('gives every class, most probable first, the box in ink units, and what the network saw', async () => {
    const { text, digits, model, milliseconds } = await service().recognizeInk({ ink: seven }, context);
    // The fake engine reads the first pixel, which is paper: 0.
    expect({ text, model }).toEqual({ text: '0', model: 'default' });
    expect(digits).toHaveLength(1);
    const { alternatives, box, image } = digits[0]!;
    expect(
      alternatives
        .map(({ label }) => label)
        .sort()
        .join(''),
    ).toBe('0123456789');
    expect(alternatives[0]).toEqual({ label: '0', probability: expect.closeTo(0.91, 6) });
    expect(box).toEqual({ x: 0, y: 0, width: 10, height: 20 });
    expect(image).toHaveLength(784);
    expect(milliseconds).toBeGreaterThan(0);
  });

  it('gives no digits for an empty drawing', async () => {
    const empty = await service().recognizeInk({ ink: { strokes: [] } }, context);
    expect(empty).toMatchObject({ text: '', digits: [] });
  });

  it('names an unknown model and an unreadable picture', async () => {
    await expect(service().recognizeInk({ ink: seven, model: 'x' }, context)).rejects.toMatchObject({
      key: 'modelNotFound',
    });
    const text = { bytes: new TextEncoder().encode('hello'), name: 'notes.txt' };
    await expect(service().recognizePicture(text, context)).rejects.toThrow(/notes\.txt/);
  });

  it('reports an engine that does not start instead of waiting for it', async () => {
    process.env.FAKE_ENGINE_START = 'no-native';
    await expect(service().recognizeInk({ ink: seven }, context)).rejects.toMatchObject({
      code: 'native-missing',
    });
    expect(await service().getDoctorReport(undefined, context)).toMatchObject({
      tensorflow: null,
      healthy: false,
    });
  });
});

describe('evaluation', () => {
  it('counts what the model reads in a split', async () => {
    const request = { model: 'default', dataset: 'starter', split: 'test' as const };
    const evaluation = await service().evaluateModel(request, context);
    // The fake engine reads the label off the first pixel.
    expect(evaluation).toMatchObject({ ...request, count: 10, accuracy: 1 });
    expect(evaluation.loss).toBeCloseTo(-Math.log(0.91), 5);
    expect(evaluation.confusion).toEqual(
      Array.from({ length: 10 }, (_, k) => Array.from({ length: 10 }, (_, j) => (j === k ? 1 : 0))),
    );
  });

  it('refuses an empty split', async () => {
    const request = { model: 'default', dataset: 'starter', split: 'unassigned' as const };
    await expect(service().evaluateModel(request, context)).rejects.toMatchObject({
      key: 'datasetSplitEmpty',
    });
  });
});

describe('settings', () => {
  it('change one by one, are told to everyone and outlast the app', async () => {
    const told: unknown[] = [];
    fixture.app.events.on('settingsChanged', (settings) => told.push(settings));
    await service().updateSettings({ theme: 'dark' }, context);
    await service().updateSettings({ language: 'zh-CN' }, context);
    const expected = { theme: 'dark', language: 'zh-CN', activeModel: 'default' };
    expect(told.at(-1)).toEqual(expected);
    await fixture.reopen();
    expect(await service().getSettings(undefined, context)).toEqual(expected);
  });

  it('refuse a model that is not there', async () => {
    const change = () => service().updateSettings({ activeModel: 'x' }, context);
    await expect(async () => change()).rejects.toMatchObject({ key: 'modelNotFound' });
    expect(await service().getSettings(undefined, context)).toMatchObject({ activeModel: 'default' });
  });
});
