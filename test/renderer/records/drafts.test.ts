import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedMeanwhile, createDraftStore, type SeenNow } from '../../../renderer/features/records/drafts.ts';

const seen: SeenNow = { version: 2, fields: { name: 'Clínica Norte', phone: '3344-1000' } };
const saved: SeenNow = { version: 3, fields: { name: 'Clínica Norte', phone: '3344-9999', city: 'Santos' } };
const record = 'ana main clinic 1';

test('keeps what was typed while other records are looked at, and forgets what is typed back', () => {
  const store = createDraftStore();
  const { type } = store.getState();
  type(record, seen, 'phone', '3344-2020');
  type('ana main clinic 2', seen, 'name', 'Posto');
  type(record, seen, 'name', 'Other');
  type(record, seen, 'name', 'Clínica Norte');
  expect(store.getState().byRecord.get(record)).toEqual({
    base: 2,
    typed: { phone: '3344-2020' },
    before: { phone: '3344-1000' },
    summary: '',
  });
  type(record, seen, 'phone', '3344-1000');
  expect([...store.getState().byRecord.keys()]).toEqual(['ana main clinic 2']);
});

test('names the fields that were saved elsewhere since they were typed in, and only those', () => {
  const store = createDraftStore();
  store.getState().type(record, seen, 'phone', '3344-2020');
  store.getState().type(record, seen, 'name', 'Posto');
  const draft = store.getState().byRecord.get(record);
  expect(draft && changedMeanwhile(draft, seen)).toEqual([]);
  expect(draft && changedMeanwhile(draft, saved)).toEqual(['phone']);
  store.getState().dropField(record, 'phone');
  expect(store.getState().byRecord.get(record)?.typed).toEqual({ name: 'Posto' });
});

test('a form holds exactly what was typed last and differs from what is seen', () => {
  const field = fc.constantFrom('name', 'phone', 'city');
  const value = fc.constantFrom(null, 'Clínica Norte', '3344-1000', 'Santos');
  fc.assert(
    fc.property(fc.array(fc.tuple(field, value), { maxLength: 30 }), (gestures) => {
      const store = createDraftStore();
      const wanted = new Map<string, string | null>();
      for (const [name, text] of gestures) {
        store.getState().type(record, seen, name, text);
        if (text === (seen.fields[name] ?? null)) wanted.delete(name);
        else wanted.set(name, text);
      }
      expect(store.getState().byRecord.get(record)?.typed ?? {}).toEqual(Object.fromEntries(wanted));
    }),
  );
});
