import type { Fields } from '../../shared/json.ts';
import { describePerson } from './describe-person.ts';
import { foldName } from './fold-name.ts';
import type { BranchEntity, ImportState, RotaGroup, RotaPerson } from './rota.ts';

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
 * Nobody on the branch is taken twice.
 */
export function matchPeople(
  people: readonly RotaPerson[],
  state: ImportState,
  newId: () => string,
  likeness: (person: RotaPerson, id: string) => number,
): readonly MatchedPerson[] {
  const free = new Map<string, Candidate[]>();
  for (const entity of state.people.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const name = foldName(textIn(entity.fields, 'name'));
    free.set(name, [...(free.get(name) ?? []), { entity, group: groupOf(entity.fields), name }]);
  }
  const matches = new Map<RotaPerson, Candidate>();
  // The certain ones first, so that a vague one cannot take what belongs to another.
  const fits: readonly ((person: RotaPerson, candidate: Candidate) => boolean)[] = [
    (person, { group, entity }) => group === person.group && textIn(entity.fields, 'role') === person.role,
    (person, { group }) => group === person.group,
    (person, { group }) => group === 'unknown' || person.group === 'unknown',
  ];
  for (const fit of fits)
    for (const person of people) {
      if (matches.has(person)) continue;
      const name = foldName(person.name);
      const candidates = (free.get(name) ?? []).filter((candidate) => fit(person, candidate));
      const [best] =
        candidates.length < 2 ? candidates : candidates.toSorted((a, b) => likeness(person, b.entity.id) - likeness(person, a.entity.id));
      if (best === undefined) continue;
      matches.set(person, best);
      free.set(
        name,
        (free.get(name) ?? []).filter((candidate) => candidate !== best),
      );
    }
  return people.map((person) => {
    const match = matches.get(person)?.entity;
    return match === undefined ? { person, id: newId(), before: null } : { person, id: match.id, before: match.fields };
  });
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
