import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { position, usePosition, type DaySpan } from '../../position/position.ts';
import { findCode } from '../../position/find-code.ts';
import { selection } from '../../position/selection.ts';
import { useAllCommands, type Command } from '../../ui/commands.ts';
import { currentZone, dateText, instantText, numberText } from '../../ui/format.ts';
import { parseMoment } from '../../ui/parse-moment.ts';
import { wallOf } from '../../ui/zoned-time.ts';
import { CommitHash } from '../../../shared/ids.ts';
import { matchScore } from './match.ts';
import { useRecordItems } from './useRecordItems.ts';

export interface PaletteItem {
  readonly key: string;
  readonly section: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly keys?: string | undefined;
  readonly disabledReason?: string | null | undefined;
  readonly run: () => void;
}

const perSection = 8;
// With nothing typed, what is done most stands first, and what cannot be done now last.
const sectionOrder: readonly Command['section'][] = ['edit', 'go', 'review', 'branch', 'view', 'programme', 'help'];

/** A typed moment as an instant and as the day of the roster it lies in, both in the programme's zone. */
function readMoment(text: string): { readonly at: string; readonly date: string } | null {
  const typed = parseMoment(text, { now: Date.now(), zone: currentZone() });
  if (typed.kind !== 'instant') return null;
  const { year, month, day } = wallOf(Date.parse(typed.at), currentZone());
  const pad = (part: number): string => String(part).padStart(2, '0');
  return { at: typed.at, date: `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}` };
}

/** What fits the text, by sections. */
export function usePaletteItems(text: string): readonly PaletteItem[] {
  const engine = useEngine();
  const branch = usePosition((state) => state.branch);
  const commands = useAllCommands();
  const wanted = text.trim();
  const { data: people } = useQuery(engine.query.versions.allAt.queryOptions({ input: { type: 'person', branch, limit: 2_000 } }));
  const { data: codes } = useQuery(engine.query.roster.codes.queryOptions({ input: { branch } }));
  const { data: notes } = useQuery(engine.query.notes.list.queryOptions({ input: { kind: 'tag', limit: 500 } }));
  const { data: line } = useQuery(engine.query.commits.line.queryOptions({ input: { branch, limit: 200 } }));

  const records = useRecordItems(wanted);

  return useMemo(() => {
    const found: PaletteItem[] = [];
    const add = (section: string, items: readonly (PaletteItem & { readonly score: number })[]): void => {
      found.push(
        ...items
          .filter((item) => item.score > 0)
          .toSorted((a, b) => b.score - a.score)
          .slice(0, wanted === '' ? 40 : perSection)
          .map((item) => ({ ...item, section })),
      );
    };
    const moment = readMoment(wanted);
    if (moment !== null) {
      found.push({
        key: 'moment',
        section: t('palette.sectionTime'),
        title: t('palette.goToTime', { moment: instantText(moment.at) }),
        run: () => void goToTime(engine.call.commits, branch, moment.at),
      });
      found.push({
        key: 'day',
        section: t('palette.sectionDays'),
        title: t('palette.showDay', { date: dateText(moment.date, true) }),
        run: () => showDay(moment.date),
      });
    }
    add(
      t('palette.sectionCommands'),
      commands.map((command, index) => ({
        key: command.id,
        section: '',
        title: command.title,
        keys: command.keys?.[0],
        disabledReason: command.disabledReason,
        score:
          wanted === ''
            ? 1 - sectionOrder.indexOf(command.section) / 100 - (command.disabledReason ? 0.5 : 0) - index / 100_000
            : matchScore(wanted, command.title, command.words) * (command.disabledReason ? 0.5 : 1),
        run: command.run,
      })),
    );
    if (wanted === '') return found;
    add(
      t('palette.sectionPeople'),
      (people?.items ?? []).map((person) => {
        const name = typeof person.fields['name'] === 'string' ? person.fields['name'] : person.id;
        return { key: `person ${person.id}`, section: '', title: name, score: matchScore(wanted, name), run: () => showPerson(person.id) };
      }),
    );
    found.push(...records);
    add(
      t('palette.sectionCodes'),
      (codes?.items ?? [])
        .filter((code) => code.code !== '')
        .map((code) => ({
          key: `code ${code.code}`,
          section: '',
          title: code.name === code.code ? code.code : `${code.code}  ${code.name}`,
          detail: t('palette.codeUses', { count: code.count }),
          score: matchScore(wanted, code.code, code.name),
          run: () => {
            position.getState().go({ place: { screen: 'roster' } });
            findCode(code.code);
          },
        })),
    );
    add(t('palette.sectionTime'), [
      ...(notes?.items ?? []).flatMap((note) => {
        const commit = note.commit;
        return commit === null
          ? []
          : [
              {
                key: `tag ${note.note}`,
                section: '',
                title: `⚑ ${note.text}`,
                detail: `${note.authorName}, ${instantText(note.at)}`,
                score: matchScore(wanted, note.text) * 1.2,
                run: () => void goToTime(engine.call.commits, branch, commit),
              },
            ];
      }),
      ...(line?.items ?? []).map((commit) => ({
        key: `commit ${commit.commit}`,
        section: '',
        title: commit.message,
        detail: `${commit.authorName}, ${instantText(commit.at)} · ${numberText(commit.position)}`,
        score: matchScore(wanted, commit.message, `${commit.authorName} ${commit.reason ?? ''}`) * 0.9,
        run: () => void goToTime(engine.call.commits, branch, commit.commit),
      })),
    ]);
    return found;
  }, [engine, branch, commands, wanted, people, records, codes, notes, line]);
}

/** Shows the branch as it was at an instant or a commit of its line. */
async function goToTime(
  commits: { at(input: { branch: string; at: string }): Promise<{ commit: CommitHash; position: number; at: string } | null> },
  branch: string,
  at: string,
): Promise<void> {
  const commit = await commits.at({ branch, at });
  if (commit !== null)
    position.getState().go({
      place: { screen: 'roster' },
      moment: { kind: 'commit', commit: CommitHash.parse(commit.commit), position: commit.position, at: commit.at },
    });
}

function showDay(date: string): void {
  const { days, go } = position.getState();
  const span: DaySpan = days?.span ?? 'twoWeeks';
  go({ place: { screen: 'roster' }, days: { from: date, span } });
  const { focus, select } = selection.getState();
  if (focus !== null) select({ ...focus, date, assignmentId: null });
}

function showPerson(personId: string): void {
  const { days, go } = position.getState();
  const focus = selection.getState().focus;
  go({ place: { screen: 'roster' } });
  const date = focus?.date ?? days?.from;
  if (date !== undefined) selection.getState().select({ personId, date, half: focus?.half ?? 'AM', assignmentId: null });
  setTimeout(() => document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus(), 80);
}
