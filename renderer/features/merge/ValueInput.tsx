import { Autocomplete, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Json } from '../../../shared/json.ts';
import { useEngine } from '../../client/engine.ts';
import { t } from '../../messages/index.ts';
import { controlOf, fieldTypeOf } from './value-control.ts';

interface Props {
  readonly type: string;
  readonly field: string;
  /** The accessible name. */
  readonly label: string;
  readonly value: Json;
  /** Where names and codes are looked up. */
  readonly branch: string;
  readonly problem?: string | null;
  readonly visibleLabel?: boolean;
  readonly onChange: (value: Json) => void;
}

/** Sets a value with the control that fits its field. Empty means no value. */
export function ValueInput(props: Props): React.JSX.Element {
  const { type, field, label, value, onChange, problem = null } = props;
  const control = controlOf(type, field);
  const common = { ...(props.visibleLabel ? { label } : { 'aria-label': label }), error: problem, className: 'merge-value' };
  const text = typeof value === 'string' ? value : '';
  const textOrNothing = (next: string): void => onChange(next === '' ? null : next);
  switch (control) {
    case 'choice':
      return (
        <Select
          {...common}
          clearable
          data={[...(fieldTypeOf(type, field)?.options ?? [])].map(([option, words]) => ({ value: option, label: words }))}
          value={text === '' ? null : text}
          onChange={onChange}
        />
      );
    case 'person':
    case 'rotation':
      return <ReferenceInput {...props} common={common} type={control} />;
    case 'code':
      return <CodeInput {...props} common={common} />;
    case 'set':
      return (
        <TagsInput
          {...common}
          value={Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []}
          onChange={(next) => onChange(next.length === 0 ? null : next)}
        />
      );
    case 'yes-no':
      return (
        <Select
          {...common}
          clearable
          data={[
            { value: 'true', label: t('merge.yes') },
            { value: 'false', label: t('merge.no') },
          ]}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(next) => onChange(next === null ? null : next === 'true')}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : next === '' ? null : Number(next))}
        />
      );
    case 'date':
      return <TextInput {...common} type="date" value={text} onChange={(event) => textOrNothing(event.currentTarget.value)} />;
    case 'long-text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={1}
          maxRows={6}
          value={text}
          onChange={(event) => textOrNothing(event.currentTarget.value)}
        />
      );
    case 'text':
      return <TextInput {...common} value={text} onChange={(event) => textOrNothing(event.currentTarget.value)} />;
    case 'json':
      return <JsonInput {...props} common={common} />;
  }
}

interface CommonProps {
  readonly common: { readonly error: string | null; readonly className: string };
}

function ReferenceInput({ type, value, branch, onChange, common }: Props & CommonProps): React.JSX.Element {
  const { query } = useEngine();
  const records = useQuery({ ...query.versions.allAt.queryOptions({ input: { type, branch, limit: 10_000 } }), staleTime: 0 });
  const data = (records.data?.items ?? [])
    .map(({ id, fields }) => ({ value: id as string, label: typeof fields['name'] === 'string' ? fields['name'] : id }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  return <Select {...common} clearable searchable data={data} value={typeof value === 'string' ? value : null} onChange={onChange} />;
}

function CodeInput({ value, branch, onChange, common }: Props & CommonProps): React.JSX.Element {
  const { query } = useEngine();
  const codes = useQuery(query.roster.codes.queryOptions({ input: { branch } }));
  return (
    <Autocomplete
      {...common}
      data={[...new Set((codes.data?.items ?? []).map(({ code }) => code).filter((code) => code !== ''))]}
      limit={8}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next === '' ? null : next)}
    />
  );
}

function JsonInput({ value, onChange, common }: Props & CommonProps): React.JSX.Element {
  const [text, setText] = useState(() => (value === null ? '' : JSON.stringify(value, null, 2)));
  const [broken, setBroken] = useState(false);
  return (
    <Textarea
      {...common}
      autosize
      minRows={2}
      maxRows={8}
      description={t('merge.json')}
      error={broken ? t('merge.jsonBroken') : common.error}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        if (next.trim() === '') {
          setBroken(false);
          onChange(null);
          return;
        }
        try {
          onChange(JSON.parse(next) as Json);
          setBroken(false);
        } catch {
          setBroken(true);
        }
      }}
    />
  );
}
