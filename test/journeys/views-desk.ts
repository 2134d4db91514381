import { openDesk, type Desk } from './api.ts';

/** A desk at which several users keep views. */
export interface ViewsDesk extends Desk {
  /** Acts as this user from now on. */
  as(user: string, more?: object): Promise<void>;
  /** What the acting user sees of a record. */
  see(type: string, id: string, more?: object): Promise<any>;
  /** Registers a clinic or patient that nobody has yet. */
  register(user: string, type: 'clinic' | 'patient', fields?: object): Promise<{ readonly id: string; readonly identifier: string }>;
  /** Attaches a user to what somebody registered. */
  attach(user: string, type: string, identifier: string, fields?: object): Promise<any>;
}

const names: Readonly<Record<string, string>> = { ana: 'Ana Lima', bruno: 'Bruno Costa', carla: 'Carla Dias', dora: 'Dora Reis' };

/** A desk on an empty programme, known to Ana, Bruno and Carla; Ana acts. */
export async function openViewsDesk(): Promise<ViewsDesk> {
  const desk = await openDesk();
  const as = async (user: string, more: object = {}): Promise<void> => {
    await desk.ask('session/use', { userId: user, name: names[user] ?? user, ...more });
  };
  for (const user of ['bruno', 'carla', 'ana']) await as(user);
  return {
    ...desk,
    as,
    see: (type, id, more = {}) => desk.ask('views/get', { type, id, ...more }),
    register: async (user, type, fields = type === 'clinic' ? clinicFields : patientFields) => {
      await as(user);
      const identifier = type === 'clinic' ? newCns() : newCpf();
      const { id } = await desk.ask('views/register', { type, identifier, fields });
      return { id, identifier };
    },
    attach: async (user, type, identifier, fields = {}) => {
      await as(user);
      return desk.ask('views/register', { type, identifier, fields });
    },
  };
}

export const patientFields = { name: 'João Souza', phone1: '(11) 3333-4444', city: 'Recife' };
export const clinicFields = { name: 'Clínica São Lucas', phone: '(11) 3333-4444', city: 'Recife', hours: '8 to 17' };

let lastPatient = 100_000_000;
/** A CPF that nobody in these tests has yet, as 11 digits. */
export function newCpf(): string {
  const nine = String((lastPatient += 1_234_567));
  const digit = (digits: string): string => {
    const sum = Array.from(digits).reduce((total, each, place) => total + Number(each) * (digits.length + 1 - place), 0);
    return String(((sum * 10) % 11) % 10);
  };
  const first = digit(nine);
  return `${nine}${first}${digit(nine + first)}`;
}

let lastClinic = 100;
/** A clinic id that nobody has yet. */
export function newCns(): string {
  return String((lastClinic += 7)).padStart(7, '0');
}

/** A CPF as people write it. */
export function punctuated(cpf: string): string {
  return `${cpf.slice(0, 3)}.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-${cpf.slice(9)}`;
}
