import { refuseBrokenText } from '../commands/refuse-broken-text.ts';
import { describeProgram } from '../queries/describe-program.ts';
import { actingUser } from '../queries/read-session.ts';
import { listPrograms } from '../queries/list-programs.ts';
import type { EngineAccess } from './engine-access.ts';
import type { Implementer } from './implement-contract.ts';

export function programHandlers(os: Implementer, engine: EngineAccess) {
  const { programs, jobs, events } = engine;
  const info = () => {
    const settings = engine.settings.read();
    return describeProgram(programs.state(), { job: jobs.current(), days: settings.days, asker: actingUser(settings).userId });
  };
  return {
    info: os.program.info.handler(info),
    createSample: os.program.createSample.handler(async ({ input }) => {
      if (input?.name !== undefined) refuseBrokenText({ name: input.name });
      await programs.createSample(input ?? {});
      return info();
    }),
    create: os.program.create.handler(({ input }) => {
      refuseBrokenText(input);
      programs.create(input);
      return info();
    }),
    list: os.program.list.handler(() => listPrograms(engine, programs.state())),
    open: os.program.open.handler(({ input }) => {
      programs.open(input.program);
      return info();
    }),
    rename: os.program.rename.handler(async ({ input }) => {
      refuseBrokenText(input);
      const { store } = await programs.whenOpen();
      store.rename(input.name);
      events.publish({ kind: 'program' });
      return info();
    }),
    watch: os.program.watch.handler(async function* ({ signal }) {
      for await (const event of events.watch(signal)) yield event;
    }),
  };
}

export function jobHandlers(os: Implementer, { jobs }: EngineAccess) {
  return {
    list: os.jobs.list.handler(() => {
      const items = [...jobs.list()];
      return { items, total: items.length, next: null };
    }),
    cancel: os.jobs.cancel.handler(({ input }) => ({ job: input.job, cancelled: jobs.cancel(input.job) })),
  };
}
