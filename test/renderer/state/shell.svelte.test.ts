import { describe, expect, it } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { EngineStatus } from '../../../src/renderer/state/engine.svelte.ts';
import { LibraryState } from '../../../src/renderer/state/library.svelte.ts';
import { Navigation, viewOfShortcut } from '../../../src/renderer/state/navigation.svelte.ts';
import { createErrorReporter } from '../../../src/renderer/state/report-error.ts';
import { Toaster } from '../../../src/renderer/state/toaster.svelte.ts';
import { Translation } from '../../../src/renderer/state/translation.svelte.ts';
import { FakeApp } from '../support/fake-app.ts';

describe('Toaster', () => {
  it('lets good news go by itself and keeps bad news', () => {
    const due: (() => void)[] = [];
    const toaster = new Toaster((action) => due.push(action));
    toaster.show('positive', 'saved');
    toaster.show('negative', 'broken');
    for (const action of due) action();
    expect(toaster.toasts.map(({ text }) => text)).toEqual(['broken']);
    toaster.dismiss(toaster.toasts[0]?.id ?? 0);
    expect(toaster.toasts).toEqual([]);
  });

  it('says the same thing once, and no more than four things', () => {
    const toaster = new Toaster(() => undefined);
    for (const text of ['a', 'b', 'a', 'c', 'd', 'e']) toaster.show('negative', text);
    expect(toaster.toasts.map(({ text }) => text)).toEqual(['a', 'c', 'd', 'e']);
  });
});

describe('createErrorReporter', () => {
  it('reports in the language of the moment, and not what the person cancelled', () => {
    const toaster = new Toaster(() => undefined);
    const report = createErrorReporter(toaster, new Translation({ language: 'zh-CN' }));
    report(appError('cancelled'));
    report(appError('runNotFound', { name: 'x' }));
    expect(toaster.toasts.map(({ text }) => text)).toEqual(['没有名为“x”的训练任务。']);
  });
});

describe('Navigation', () => {
  it('opens the view of the address, or Draw', () => {
    window.location.hash = '#/train';
    expect(new Navigation(window).view).toBe('train');
    window.location.hash = '#/nowhere';
    expect(new Navigation(window).view).toBe('draw');
  });

  it('keeps the view in the address', () => {
    const navigation = new Navigation(window);
    navigation.go('models');
    expect(window.location.hash).toBe('#/models');
  });

  it.each([
    ['1', { ctrlKey: true }, 'draw'],
    ['7', { metaKey: true }, 'learn'],
    ['8', { ctrlKey: true }, undefined],
    ['1', {}, undefined],
    ['1', { ctrlKey: true, altKey: true }, undefined],
    ['a', { ctrlKey: true }, undefined],
  ])('key %s with %j opens %s', (key, modifiers, view) => {
    const event = { key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers };
    expect(viewOfShortcut(event)).toBe(view);
  });
});

describe('EngineStatus', () => {
  it('tells each time the engine becomes ready', async () => {
    const app = new FakeApp();
    const engine = new EngineStatus(app.connect());
    let times = 0;
    engine.onReady(() => (times += 1));
    const stop = engine.start();
    await engine.load();
    await engine.load();
    expect(times).toBe(1);
    const { engine: ready } = app;
    app.setEngine({ kind: 'restarting', attempt: 1, reason: 'killed' });
    await expect.poll(() => engine.state.kind).toBe('restarting');
    app.setEngine(ready);
    await expect.poll(() => times).toBe(2);
    stop();
  });
});

describe('LibraryState', () => {
  it('loads and follows changes until it is stopped', async () => {
    const app = new FakeApp();
    const library = new LibraryState(app.connect());
    const stop = library.start();
    expect(library.isLoaded).toBe(false);
    await library.load();
    expect(library.isLoaded).toBe(true);
    expect(library.models.map(({ name }) => name)).toEqual(['default', 'my first network']);
    app.events.emit('modelsChanged', []);
    await expect.poll(() => library.models).toEqual([]);
    stop();
  });
});
