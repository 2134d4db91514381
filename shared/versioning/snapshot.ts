/**
 * What became of things over a stretch of history. `K` names the entity, `V` its stand (a hash, a row, a record); `null` is "did not exist".
 * The net of a stretch is: created and deleted is nothing, created and updated is created, deleted and created again is updated, back to
 * the same is nothing.
 */
export interface Net<V> {
  readonly before: V | null;
  readonly after: V | null;
}

export type State<K, V> = ReadonlyMap<K, V>;

/** Adds one later change to the net of a stretch. Only the first `before` and the last `after` of an entity count. */
export function addToNet<K, V>(net: Map<K, Net<V>>, key: K, before: V | null, after: V | null): void {
  const known = net.get(key);
  net.set(key, known === undefined ? { before, after } : { before: known.before, after });
}

/** The net of one stretch followed by another. */
export function joinNets<K, V>(first: ReadonlyMap<K, Net<V>>, second: ReadonlyMap<K, Net<V>>): Map<K, Net<V>> {
  const joined = new Map(first);
  for (const [key, { before, after }] of second) addToNet(joined, key, before, after);
  return joined;
}

/** The way back. */
export function invertNet<K, V>(net: ReadonlyMap<K, Net<V>>): Map<K, Net<V>> {
  return new Map([...net].map(([key, { before, after }]) => [key, { before: after, after: before }]));
}

/** Leaves out what is back to the same. `same` compares two stands by value. */
export function settleNet<K, V>(net: ReadonlyMap<K, Net<V>>, same: (left: V, right: V) => boolean): Map<K, Net<V>> {
  const settled = new Map<K, Net<V>>();
  for (const [key, entry] of net) {
    const { before, after } = entry;
    if (before === after || (before !== null && after !== null && same(before, after))) continue;
    settled.set(key, entry);
  }
  return settled;
}

/** What leads from one side to the other when both ways start at one common stand: each side's net since then. */
export function netBetween<K, V>(sinceLeft: ReadonlyMap<K, Net<V>>, sinceRight: ReadonlyMap<K, Net<V>>): Map<K, Net<V>> {
  return joinNets(invertNet(sinceLeft), sinceRight);
}

/** The state after a stretch. */
export function applyNet<K, V>(state: State<K, V>, net: ReadonlyMap<K, Net<V>>): Map<K, V> {
  const next = new Map(state);
  for (const [key, { after }] of net) {
    if (after === null) next.delete(key);
    else next.set(key, after);
  }
  return next;
}

/** The operation that a net amounts to. */
export function opOf(net: Net<unknown>): 'create' | 'update' | 'delete' | null {
  if (net.before === null) return net.after === null ? null : 'create';
  return net.after === null ? 'delete' : 'update';
}
