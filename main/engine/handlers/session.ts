import { useSession } from '../commands/use-session.ts';
import { removeUser } from '../commands/remove-user.ts';
import { readSession } from '../queries/read-session.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function sessionHandlers(os: Implementer, engine: EngineAccess) {
  return {
    get: os.session.get.handler(() => readSession(engine.settings.read())),
    use: os.session.use.handler(({ input }) => {
      const session = useSession(engine.settings, input);
      engine.events.publish({ kind: 'session' });
      return session;
    }),
    remove: os.session.remove.handler(({ input }) => {
      const session = removeUser(engine.settings, input);
      engine.events.publish({ kind: 'session' });
      return session;
    }),
  };
}
