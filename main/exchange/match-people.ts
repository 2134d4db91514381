import type { Fields } from '../../shared/json.ts';
import { describePerson } from './describe-person.ts';
import { foldName } from './fold-name.ts';
import type { BranchEntity, ImportState, RotaGroup, RotaPerson, RotaReading } from './rota.ts';

export interface MatchedPerson {
  readonly person: RotaPerson;
  readonly id: string;
  /** The record on the branch, `null` for a person who is new. */
  readonly before: Fields | null;
}

interface Candidate {
  readonly entity: BranchEntity;
  readonly group: RotaGroup;
  readonly name: string;
}

/**
 * Finds for each person of the file the one on the branch: the same name (blanks and capitals apart) in the same group. A group that
 * either side does not know fits any. Where several fit, the one with the same role, then the one whose cells agree most (`likeness`).
 * Nobody on the branch is taken twice, and nobody who has left before the file's first day or comes after its last.
 */
export function matchPeople(
  { people, from, to }: Pick<RotaReading, 'people' | 'from' | 'to'>,
  state: ImportState,
  newId: () => string,
  likeness: (person: RotaPerson, id: string) => number,
): readonly MatchedPerson[] {
  const free = new Map<string, Candidate[]>();
  const keyed = matchKeys(people, state);
  const keyedIds = new Set([...keyed.values()].map(({ id }) => id));
  const there = state.people.filter(
    ({ id, fields }) => !keyedIds.has(id) && !(textIn(fields, 'startDate') > to) && (textIn(fields, 'endDate') || to) >= from,
  );
  for (const entity of there.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const name = foldName(textIn(entity.fields, 'name'));
    free.set(name, [...(free.get(name) ?? []), { entity, group: groupOf(entity.fields), name }]);
  }
  const byName = Map.groupBy(
    people.filter((person) => !keyed.has(person)),
    ({ name }) => foldName(name),
  );
  const matches = new Map<RotaPerson, Candidate>();
  // The certain ones first, so that a vague one cannot take what belongs to another.
  const fits: readonly ((person: RotaPerson, candidate: Candidate) => boolean)[] = [
    (person, { group, entity }) => group === person.group && textIn(entity.fields, 'role') === person.role,
    (person, { group }) => group === person.group,
    (person, { group }) => group === 'unknown' || person.group === 'unknown',
  ];
  for (const fit of fits)
    for (const [name, candidates] of free) {
      const pairs = (byName.get(name) ?? [])
        .filter((person) => !matches.has(person))
        .flatMap((person) => candidates.filter((candidate) => fit(person, candidate)).map((candidate) => ({ person, candidate })));
      const taken = new Set<Candidate>();
      for (const { person, candidate } of pairs.length < 2 ? pairs : sortByLikeness(pairs, likeness))
        if (!matches.has(person) && !taken.has(candidate)) {
          matches.set(person, candidate);
          taken.add(candidate);
        }
      free.set(
        name,
        candidates.filter((candidate) => !taken.has(candidate)),
      );
    }
  const used = new Set(state.people.map(({ id }) => id));
  return people.map((person) => {
    const match = keyed.get(person) ?? matches.get(person)?.entity;
    if (match !== undefined) return { person, id: match.id, before: match.fields };
    // Somebody of another branch keeps the identity, so that the branches can be merged later.
    const id = person.key === undefined || used.has(person.key) ? newId() : person.key;
    used.add(id);
    return { person, id, before: null };
  });
}

/**
 * The people whose rows carry their key. Of several rows with one key (somebody copied a row) it holds for the one with the right name, else for
 * the first. A row that names somebody else of the branch was sorted or typed over: there the name holds.
 */
function matchKeys(people: readonly RotaPerson[], state: ImportState): ReadonlyMap<RotaPerson, BranchEntity> {
  const matches = new Map<RotaPerson, BranchEntity>();
  const entities = new Map(state.people.map((entity) => [entity.id, entity]));
  const names = new Set(state.people.map(({ fields }) => foldName(textIn(fields, 'name'))));
  for (const [key, rows] of Map.groupBy(people, ({ key: of }) => of)) {
    const entity = key === undefined ? undefined : entities.get(key);
    if (entity === undefined) continue;
    const name = foldName(textIn(entity.fields, 'name'));
    const row = rows.find((each) => foldName(each.name) === name) ?? rows.find((each) => !names.has(foldName(each.name)));
    if (row !== undefined) matches.set(row, entity);
  }
  return matches;
}

interface Pair {
  readonly person: RotaPerson;
  readonly candidate: Candidate;
}

/** The most alike first, whichever row comes first: so that each keeps its own when the same file comes again. */
function sortByLikeness(pairs: readonly Pair[], likeness: (person: RotaPerson, id: string) => number): readonly Pair[] {
  return pairs
    .map((pair) => ({ pair, alike: likeness(pair.person, pair.candidate.entity.id) }))
    .toSorted((a, b) => b.alike - a.alike)
    .map(({ pair }) => pair);
}

function groupOf(fields: Fields): RotaGroup {
  const type = fields['type'];
  if (type === 'resident' || type === 'faculty' || type === 'med_student' || type === 'rotating_intern') return type;
  return describePerson({ role: textIn(fields, 'role'), template: textIn(fields, 'template'), heading: null }).group;
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
