/** What runs inside the page to time it: from the pen's lifting to the frame that shows the answer. */

declare global {
  /** Milliseconds of each stroke, in order. */
  var strokeLatencies: number[];
}

/**
 * Starts timing every stroke; sent to the page as source, so it can use nothing from outside. A reading is there when the
 * page no longer calls it busy. The frame counts as shown when its callbacks, layout and painting are over, which is when
 * the page gets round to a message that was posted during them.
 */
export function timeStrokes(): void {
  globalThis.strokeLatencies = [];
  const isRead = () =>
    document.querySelector('[data-testid="reading"]')?.getAttribute('aria-busy') === 'false';
  const onceShown = (then: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  };
  addEventListener(
    'pointerup',
    ({ timeStamp }) => {
      const look = () => {
        if (isRead()) onceShown(() => strokeLatencies.push(performance.now() - timeStamp));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );
}
