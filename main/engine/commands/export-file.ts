import { createHash } from 'node:crypto';
import type { EntityChange } from '../../../shared/contract/app/base.ts';
import type { ExportedFile, ExportPreview, ExportRequest } from '../../../shared/contract/app/exchange.ts';
import { Checksum } from '../../../shared/ids.ts';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { textOf } from '../../../shared/roster/field.ts';
import { aboutSheet } from '../../exchange/export/about-sheet.ts';
import type { Book, BookSheet } from '../../exchange/export/book.ts';
import { changesSheet } from '../../exchange/export/changes-sheet.ts';
import { listColumns, listSheet, listTable } from '../../exchange/export/draw-list.ts';
import { codesSheet, rosterSheet, rosterTable, type DrawnRoster } from '../../exchange/export/draw-roster.ts';
import { instantText } from '../../exchange/export/file-stamp.ts';
import { writeCsv } from '../../exchange/export/write-csv.ts';
import { writeXlsx } from '../../exchange/export/write-xlsx.ts';
import { recordExport } from './record-export.ts';
import type { EngineLog } from '../engine-log.ts';
import type { RunningJob } from '../programs/jobs.ts';
import type { Writer } from '../reader.ts';
import { namesAt } from '../words/names-at.ts';
import { diffCommits } from '../queries/diff-commits.ts';
import { planExport, titles, type ExportPlan, type ExportSurroundings } from '../queries/export-plan.ts';
import { readRosterForExport, type Ask } from '../queries/export-roster.ts';

const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv;charset=utf-8',
} as const;

/** Changes beyond these are counted, not listed. */
const mostChanges = 10_000;

/**
 * Makes an exported file, in slices between which other calls are answered. What it shows is one place of the history, also when the branch moves
 * meanwhile. That personal fields leave is kept; what leaves is logged by the names of its fields.
 */
export async function exportFile(
  desk: ExportDesk,
  request: ExportRequest,
  surroundings: ExportSurroundings,
  job: Pick<RunningJob, 'progress' | 'breathe'>,
): Promise<ExportedFile> {
  const { ask, log } = desk;
  const plan = await ask((store, asker) => planExport(store, asker, request, surroundings));
  const bytes = await writeFile(ask, plan, job);
  const { content, preview } = plan;
  const personal = preview.fields.some((field) => field.personal);
  // That personal values are about to leave is kept before they do.
  if (personal && content.kind === 'list')
    await desk.run((writer) =>
      recordExport(writer, { type: content.list.type, ids: content.list.records.map(({ id }) => id), reason: request.reason ?? '' }),
    );
  const { what, format, commit, position, rows, fields } = preview;
  // What left the programme, never what it says.
  log('info', 'exported', { what, format, commit, position, rows, fields: fields.map(nameField).join(' '), personal });
  return {
    ...preview,
    mediaType: mediaTypes[request.format],
    base64: bytes.toString('base64'),
    size: bytes.length,
    checksum: Checksum.parse(createHash('sha256').update(bytes).digest('hex')),
  };
}

/** How an export reaches the programme. */
export interface ExportDesk {
  readonly ask: Ask;
  readonly log: EngineLog;
  run<Answer>(command: (writer: Writer) => Answer): Promise<Answer>;
}

function nameField({ type, field }: ExportPreview['fields'][number]): string {
  return `${type}.${field}`;
}

async function writeFile(ask: Ask, plan: ExportPlan, job: Pick<RunningJob, 'progress' | 'breathe'>): Promise<Buffer> {
  const { request, content } = plan;
  const rows = plan.preview.rows;
  // Reading and writing take about as long.
  const total = Math.max(1, rows * 2);
  job.progress(0, total);
  const roster =
    content.kind === 'list'
      ? null
      : await readRosterForExport(ask, { ...plan, content }, async (done, of) => {
          job.progress((rows * done) / of, total);
          await job.breathe();
        });
  const breathe = async (written: number): Promise<void> => {
    job.progress(Math.min(total, rows + written), total);
    await job.breathe();
  };
  if (request.format === 'csv') return writeCsv(await tableOf(ask, plan, roster), request.separator, breathe);
  return writeXlsx(await bookOf(ask, plan, roster), breathe);
}

async function tableOf(ask: Ask, plan: ExportPlan, roster: DrawnRoster | null): Promise<Iterable<readonly string[]>> {
  const { content } = plan;
  if (roster !== null) return rosterTable(roster);
  if (content.kind !== 'list') return [];
  return ask((store) => [...listTable(columnsOf(content.list, namesAt(store, plan.place)), content.list.records)]);
}

async function bookOf(ask: Ask, plan: ExportPlan, roster: DrawnRoster | null): Promise<Book> {
  const { stamp, request, preview } = plan;
  const sheets = [
    ...(await contentSheets(ask, plan, roster)),
    ...(await sheetSince(ask, plan)),
    aboutSheet({ stamp, contents: contentsOf(plan) }),
  ];
  return {
    title: preview.name.replace(/\.xlsx$/, ''),
    author: stamp.madeBy,
    at: stamp.madeAt,
    properties: {
      'Rosterline export': request.what,
      'Rosterline branch': stamp.branch,
      'Rosterline position': stamp.position,
      'Rosterline commit': stamp.commit ?? '',
      'Rosterline as of': stamp.asOf ?? stamp.shownAt ?? '',
    },
    sheets,
  };
}

async function contentSheets(ask: Ask, plan: ExportPlan, roster: DrawnRoster | null): Promise<readonly BookSheet[]> {
  const { content, request } = plan;
  if (roster !== null) return [rosterSheet(roster), codesSheet(roster)];
  if (content.kind !== 'list') return [];
  const { list } = content;
  // Names are looked up now: the sheet is drawn after the answer, when the programme may be another.
  return ask((store) => {
    const sheet = listSheet(titles[request.what], columnsOf(list, namesAt(store, plan.place)), list.records);
    return [{ ...sheet, rows: [...sheet.rows] }];
  });
}

function columnsOf(list: Extract<ExportPlan['content'], { kind: 'list' }>['list'], names: ReturnType<typeof namesAt>) {
  return listColumns(entityTypeOf(list.type), list.masked === null ? list.fields : [list.masked, ...list.fields], names);
}

async function sheetSince(ask: Ask, plan: ExportPlan): Promise<readonly BookSheet[]> {
  const { since, place, request, content } = plan;
  if (since === null) return [];
  const { branch, people } = request;
  const chosen = people === undefined ? null : new Set<string>(people);
  // Before the first commit there is no commit to name: the beginning of time shows the same.
  const sideAt = ({ commit }: ExportPlan['place']) => ({ branch, at: commit ?? new Date(0).toISOString() });
  const parts =
    content.kind === 'list'
      ? [{ types: [content.list.type] }]
      : // People and rotations stand on no day, so that days would leave them out.
        [{ types: ['person', 'rotation'] }, { types: ['assignment', 'absence', 'holiday'], days: { from: content.from, to: content.to } }];
  return ask((store) => {
    const answers = parts.map((part) => diffCommits(store, { from: sideAt(since), to: sideAt(place), limit: mostChanges, ...part }));
    const found = answers.flatMap(({ items }) => items);
    const shown = chosen === null ? found : found.filter((item) => chosen.has(whoOf(item)));
    return [
      changesSheet({
        since: since.commit === null ? 'the beginning' : `change ${since.position} (${instantText(since.at ?? '')})`,
        items: shown.slice(0, mostChanges),
        total: chosen === null ? answers.reduce((sum, { total }) => sum + total, 0) : shown.length,
      }),
    ];
  });
}

/** The person that a changed record is about. */
function whoOf({ type, id, toFields, fromFields }: EntityChange): string {
  return type === 'person' ? id : (textOf(toFields ?? fromFields ?? {}, 'personId') ?? '');
}

function contentsOf({ request, preview, content, since }: ExportPlan): readonly (readonly [string, string])[] {
  const labels = (fields: typeof preview.fields) => fields.map(({ label }) => label).join(', ');
  return [
    ['Holds', content.kind === 'roster' ? `${preview.rows} people on ${preview.halfDays} half days` : `${preview.rows} ${request.what}`],
    ...(preview.from === null && preview.to === null
      ? []
      : ([['Days', `${preview.from ?? 'the beginning'} to ${preview.to ?? 'the end'}`]] as const)),
    ...(content.kind === 'roster' ? ([['Hatched', 'the person is absent']] as const) : ([['Fields', labels(preview.fields)]] as const)),
    ...(since === null
      ? []
      : ([['Changes since', since.commit === null ? 'the beginning' : `change ${since.position} (${since.commit.slice(0, 8)})`]] as const)),
    ...(preview.withheld.length === 0 ? [] : ([['Left out as personal', labels(preview.withheld)]] as const)),
    ...(request.includePersonal ? ([['Holds personal fields because', request.reason ?? '']] as const) : []),
    ...(content.kind === 'roster'
      ? ([
          ['To bring changes back', 'Edit the sheet “Roster” and import this file. Rows are known by a hidden column; leave it in place.'],
        ] as const)
      : []),
  ];
}
