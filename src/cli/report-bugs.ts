/** Keeps the stack of a bug from being lost on the way through the rpc, which carries messages only. */
import type { AppService } from '../shared/contract.ts';
import { toAppError } from '../shared/errors.ts';

type Handler = (...args: unknown[]) => unknown;

/** The same service; errors that nobody meant to raise are also given to `report`, as they were thrown. */
export function reportBugs(service: AppService, report: (error: unknown) => void): AppService {
  const watch =
    (handler: Handler): Handler =>
    async (...args) => {
      try {
        return await handler.apply(service, args);
      } catch (error) {
        if (toAppError(error).code === 'internal') report(error);
        throw error;
      }
    };
  const handlers = Object.entries(service) as [string, Handler][];
  return Object.fromEntries(handlers.map(([call, handler]) => [call, watch(handler)])) as AppService;
}
