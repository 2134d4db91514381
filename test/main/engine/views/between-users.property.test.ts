import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntityId } from '../../../../shared/ids.ts';
import type { Json } from '../../../../shared/json.ts';
import { openEngine, type EngineClient } from '../../../kit/open-engine.ts';

/**
 * Whatever users save, offer, adopt, publish and settle, in whatever order: each sees exactly what follows from the own version and the shared
 * record, and the shared record changes only by what was published. A fault here would be silent: every single answer looks right. The model
 * knows nothing of versions, commits and merges; it keeps one shared record per branch and one layer per user, for one clinic.
 */

const users = ['ana', 'bruno', 'carla'] as const;
type User = (typeof users)[number];
const fieldNames = ['phone', 'city', 'hours'] as const;
type Field = (typeof fieldNames)[number];
const values: Readonly<Record<Field, readonly Json[]>> = {
  phone: [null, '(11) 1111-1111', '(11) 2222-2222'],
  city: [null, 'Bauru', 'Santos'],
  hours: [null, 'days', 'nights'],
};

type Values = Readonly<Record<Field, Json>>;
type Layer = Partial<Values>;
interface Own {
  readonly layer: Layer;
  readonly base: Values;
}
interface Offered {
  readonly id: string;
  readonly from: User;
  readonly to: User;
  readonly layer: Layer;
}
interface Model {
  /** In the order of the branches. */
  readonly shared: Values[];
  /** Who is linked, and what is the user's own; `null` for nothing. */
  readonly own: Map<User, Own | null>;
  readonly offers: Offered[];
}

const branches = ['main', 'plan'] as const;

const nobody: Values = { phone: null, city: null, hours: null };

function overlay(shared: Values, layer: Layer): Values {
  return { ...shared, ...layer };
}

function differences(shared: Values, wanted: Values): Layer {
  return Object.fromEntries(fieldNames.flatMap((field) => (shared[field] === wanted[field] ? [] : [[field, wanted[field]]])));
}

const who = fc.constantFrom(...users);
const branch = fc.constantFrom(0, 0, 0, 1);
const field = fc.constantFrom(...fieldNames);
const some = fc.subarray([...fieldNames], { minLength: 1 });
const save = fc.record({ kind: fc.constant('save' as const), who, branch, field, value: fc.nat(2) });
const offer = fc.record({ kind: fc.constant('offer' as const), who, branch, to: who });
const adopt = fc.record({ kind: fc.constant('adopt' as const), which: fc.nat(3), branch, fields: fc.option(some) });
const withdraw = fc.record({ kind: fc.constant('withdraw' as const), which: fc.nat(3) });
const publish = fc.record({
  kind: fc.constant('publish' as const),
  who,
  branch,
  fields: some,
  choice: fc.nat(7),
  end: fc.constantFrom('conclude' as const, 'restart' as const, 'abort' as const),
});
const settle = fc.record({ kind: fc.constant('settle' as const), who, branch, shared: fc.subarray([...fieldNames]) });
const step = fc.oneof(save, offer, adopt, withdraw, publish, settle);
type Step = typeof step extends fc.Arbitrary<infer Of> ? Of : never;

/** Two users say something else of one field and both publish it: left to chance alone that is rare. */
const clash = fc
  .tuple(fc.uniqueArray(who, { minLength: 2, maxLength: 2 }), branch, field, publish, settle)
  .map(([pair, index, name, published, settled]) => {
    const [first = 'ana', second = 'bruno'] = pair;
    const by = { branch: index, field: name };
    return [
      { kind: 'save', who: first, ...by, value: 1 },
      { kind: 'save', who: second, ...by, value: 2 },
      { ...published, who: first, branch: index, fields: [name] },
      { ...settled, who: second, branch: index, shared: settled.shared.slice(0, 1) },
      { kind: 'save', who: first, ...by, value: 0 },
      { ...published, who: first, branch: index, fields: [name] },
      { ...published, who: second, branch: index },
    ] satisfies Step[];
  });
/** Somebody says something, offers it, and the other takes it over. */
const gift = fc
  .tuple(save, who, adopt)
  .map(([saved, to, adopted]): Step[] => [saved, { kind: 'offer', who: saved.who, branch: saved.branch, to }, adopted]);
const story = fc
  .array(
    fc.oneof(
      step.map((one): Step[] => [one]),
      clash,
      gift,
    ),
    { minLength: 6, maxLength: 12, size: 'max' },
  )
  .map((parts) => parts.flat());

test('what each user sees follows from the own version and the shared record, after every step and as of every step', async () => {
  await fc.assert(fc.asyncProperty(story, play), { numRuns: 8 });
}, 240_000);

async function play(steps: readonly Step[]): Promise<void> {
  const desk = await openEngine();
  const { api, clock } = desk;
  try {
    const act = (userId: User) => api.session.use({ userId, name: userId });
    for (const user of users) await act(user);
    await act('ana');
    const { id } = await api.views.register({ type: 'clinic', identifier: '0000001', fields: { name: 'Clinic' } });
    await api.branches.create({ name: 'plan' });
    await act('bruno');
    await api.views.register({ type: 'clinic', identifier: '0000001' });
    const on = (place: number) => ({ type: 'clinic', id, branch: branches[place] ?? '' });
    const model: Model = { shared: [nobody, nobody], own: new Map([['ana', null], ['bruno', null]]), offers: [] }; // prettier-ignore
    const past: { readonly at: string; readonly seen: string }[] = [];

    for (const each of steps) {
      clock.advance(60_000);
      await take(each);
      const seen = await look(api, act);
      expect(seen).toEqual(expected(model));
      expect(await driftOf(api, act)).toEqual(expectedDrift(model));
      past.push({ at: clock.instant(), seen: JSON.stringify(seen) });
      clock.advance(1);
    }
    await desk.restart();
    for (const { at, seen } of past) expect(JSON.stringify(await look(api, act, at))).toBe(seen);
    expect((await api.verify.run({ full: true })).faults).toEqual([]);

    async function take(each: Step): Promise<void> {
      switch (each.kind) {
        case 'save': {
          const { shared, own } = stands(each.branch, each.who);
          if (own === undefined) return;
          await act(each.who);
          const value = values[each.field][each.value] ?? null;
          await api.views.save({ ...on(each.branch), fields: { [each.field]: value } });
          keep(each.branch, each.who, { ...overlay(shared, own?.layer ?? {}), [each.field]: value }, { settled: [each.field] });
          return;
        }
        case 'offer': {
          const { own } = stands(each.branch, each.who);
          if (own === undefined || own === null || each.to === each.who) return;
          await act(each.who);
          const { offer } = await api.views.offer({ ...on(each.branch), to: each.to });
          if (model.offers.some(({ id }) => id === offer)) return;
          model.offers.push({ id: offer, from: each.who, to: each.to, layer: own.layer });
          return;
        }
        case 'adopt': {
          const found = model.offers[each.which];
          if (found === undefined) return;
          await act(found.to);
          await api.views.adopt({
            offer: EntityId.parse(found.id),
            branch: on(each.branch).branch,
            ...(each.fields === null ? {} : { fields: each.fields }),
          });
          const { shared, own } = stands(each.branch, found.to);
          const shown = overlay(shared, found.layer);
          const taken = each.fields ?? fieldNames.filter((name) => Object.hasOwn(found.layer, name));
          const seen = overlay(shared, own?.layer ?? {});
          keep(each.branch, found.to, { ...seen, ...Object.fromEntries(taken.map((name) => [name, shown[name]])) }, { settled: taken });
          return;
        }
        case 'withdraw': {
          const found = model.offers[each.which];
          if (found === undefined) return;
          await act(found.from);
          await api.views.withdraw({ offer: EntityId.parse(found.id) });
          model.offers.splice(each.which, 1);
          return;
        }
        case 'publish':
          return publish(each);
        case 'settle': {
          const { shared, own } = stands(each.branch, each.who);
          if (own === undefined) return;
          await act(each.who);
          const choices = Object.fromEntries(
            fieldNames.map((name) => [name, each.shared.includes(name) ? ('shared' as const) : ('mine' as const)]),
          );
          await api.views.settle({ ...on(each.branch), choices });
          if (own === null) return;
          const layer: Layer = Object.fromEntries(
            Object.entries(own.layer).filter(([name]) => !each.shared.some((given) => given === name)),
          );
          const changed = JSON.stringify(overlay(shared, layer)) !== JSON.stringify(overlay(shared, own.layer));
          if (changed) keep(each.branch, each.who, overlay(shared, layer), { emptyIsNone: true, spoken: each.shared });
          else if (layerSize(layer) < layerSize(own.layer) || drifted(shared, own)) model.own.set(each.who, { layer, base: shared });
        }
      }
    }

    async function publish(each: Extract<Step, { kind: 'publish' }>): Promise<void> {
      const { shared, own } = stands(each.branch, each.who);
      if (own === undefined) return;
      await act(each.who);
      const answer = await api.views.publish({ ...on(each.branch), fields: each.fields });
      const mine = overlay(shared, own?.layer ?? {});
      const wanted = each.fields.filter((name) => mine[name] !== shared[name]);
      const base = own?.base ?? shared;
      const conflicts = wanted.filter((name) => base[name] !== shared[name]);
      const clean = wanted.filter((name) => base[name] === shared[name]);
      const next: { [name in Field]: Json } = { ...shared };
      for (const name of clean) next[name] = mine[name];
      if (conflicts.length === 0) {
        expect(answer.kind).toBe(clean.length === 0 ? 'unchanged' : 'published');
        model.shared[each.branch] = next;
        return;
      }
      if (answer.kind !== 'conflicts') throw new Error(`expected conflicts about ${conflicts.join()}, got ${answer.kind}`);
      expect(answer.count).toBe(conflicts.length);
      if (each.end === 'restart') await desk.restart();
      const { merge } = answer;
      if (each.end === 'abort') return void (await api.merges.abort({ merge }));
      await api.merges.resolve({
        merge,
        resolutions: conflicts.map((name, bit) => ({
          conflict: { entity: { type: 'clinic', id }, field: name },
          resolution: { kind: (each.choice >> bit) % 2 === 0 ? ('source' as const) : ('target' as const) },
        })),
      });
      await api.merges.conclude({ merge });
      for (const [bit, name] of conflicts.entries()) if ((each.choice >> bit) % 2 === 0) next[name] = mine[name];
      model.shared[each.branch] = next;
    }

    function stands(index: number, user: User): { readonly shared: Values; readonly own: Own | null | undefined } {
      return { shared: model.shared[index] ?? nobody, own: model.own.get(user) };
    }

    /** What is wanted is kept as a layer over the shared record, where it is something else than what is seen. */
    function keep(
      index: number,
      user: User,
      wanted: Values,
      {
        emptyIsNone = false,
        settled = fieldNames,
        spoken = settled,
      }: { readonly emptyIsNone?: boolean; readonly settled?: readonly Field[]; readonly spoken?: readonly Field[] } = {},
    ): void {
      const { shared, own } = stands(index, user);
      if (own !== undefined && JSON.stringify(overlay(shared, own?.layer ?? {})) === JSON.stringify(wanted)) return;
      const main = model.shared[0] ?? nobody;
      const standing = fieldNames.filter(
        (name) => own != null && !spoken.includes(name) && Object.hasOwn(own.layer, name) && own.layer[name] !== main[name],
      );
      const layer: Layer = { ...differences(shared, wanted), ...Object.fromEntries(standing.map((name) => [name, own?.layer[name]])) };
      const isNothing = layerSize(layer) === 0 && (emptyIsNone || own === undefined);
      // What is unsettled stays in sight: the base moves only where nothing else that the layer speaks of has come apart.
      const isUnsettled = fieldNames.some(
        (name) =>
          own != null &&
          !settled.includes(name) &&
          Object.hasOwn(layer, name) &&
          own.base[name] !== shared[name] &&
          layer[name] !== shared[name],
      );
      model.own.set(user, isNothing ? null : { layer, base: isUnsettled && own != null ? own.base : shared });
    }
  } finally {
    await desk.close();
  }
}

function layerSize(layer: Layer): number {
  return Object.keys(layer).length;
}

function drifted(shared: Values, { layer, base }: Own): boolean {
  const differs = fieldNames.some((name) => Object.hasOwn(layer, name) && layer[name] !== shared[name]);
  const moved = fieldNames.filter((name) => base[name] !== shared[name]);
  return differs && moved.some((name) => !Object.hasOwn(layer, name) || layer[name] !== shared[name]);
}

/** Per branch what each user sees of the clinic; `null` for nothing. */
type Look = readonly Readonly<Record<string, Values | null>>[];

async function look(api: EngineClient, act: (user: User) => Promise<unknown>, at?: string): Promise<Look> {
  const seen: Record<string, Values | null>[] = branches.map(() => ({}));
  for (const user of users) {
    await act(user);
    for (const [place, name] of branches.entries()) {
      const { items, total } = await api.views.search({ type: 'clinic', branch: name, ...(at === undefined ? {} : { at }) });
      expect(total).toBe(items.length);
      Object.assign(seen[place] ?? {}, { [user]: items[0] === undefined ? null : valuesOf(items[0].fields) });
    }
  }
  return seen;
}

function expected({ shared, own }: Model): Look {
  return shared.map((record) =>
    Object.fromEntries(users.map((user) => [user, own.has(user) ? overlay(record, own.get(user)?.layer ?? {}) : null])),
  );
}

async function driftOf(api: EngineClient, act: (user: User) => Promise<unknown>): Promise<string[]> {
  const found: string[] = [];
  for (const user of users) {
    await act(user);
    for (const name of branches)
      for (const { fields } of (await api.views.drift({ branch: name })).items)
        for (const { field: about, base, shared, mine } of fields) found.push(JSON.stringify([user, name, about, base, shared, mine]));
  }
  return found.toSorted();
}

function expectedDrift({ shared, own }: Model): string[] {
  return shared
    .flatMap((now, place) =>
      users.flatMap((user) => {
        const mine = own.get(user) ?? null;
        if (mine === null || !drifted(now, mine)) return [];
        const seen = overlay(now, mine.layer);
        return fieldNames
          .filter((name) => mine.base[name] !== now[name] && (!Object.hasOwn(mine.layer, name) || seen[name] !== now[name]))
          .map((name) => JSON.stringify([user, branches[place], name, mine.base[name], now[name], seen[name]]));
      }),
    )
    .toSorted();
}

function valuesOf(fields: Readonly<Record<string, Json>>): Values {
  return { phone: fields['phone'] ?? null, city: fields['city'] ?? null, hours: fields['hours'] ?? null };
}
