import type { StoreReader } from '../reader.ts';

/** Names the branch on whose own line a commit was made. A ref without commits of its own owns no line yet. */
export function branchNamesByLine(store: StoreReader): (line: number) => string {
  let names: Map<number, string> | undefined;
  return (line) => {
    names ??= readNames(store);
    return names.get(line) ?? 'main';
  };
}

function readNames(store: StoreReader): Map<number, string> {
  const names = new Map<number, string>();
  for (const record of store.refs({ deleted: true }))
    if (record.tip !== null && record.position > record.basePosition) names.set(store.placeOf(record.tip).line, record.name);
  return names;
}
