/** Session runs block: between two of them the process must let its messages in. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
