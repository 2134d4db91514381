/** A value that was planted, and who may come to read it. */
export interface Secret {
  readonly text: string;
  readonly what: string;
  /** Asked when an answer holds it: links and offers end. */
  readonly mayBeSeenBy: (user: string) => boolean;
}

/** A shared record of the leak test, and whom it is there for. */
export interface LeakRecord {
  readonly type: 'clinic' | 'patient';
  readonly identifier: string;
  id: string;
  readonly linked: Set<string>;
  /** Users that somebody's offer of it stands for. */
  readonly offered: Map<string, number>;
  /** Who was linked once, until how many secrets there were: what they knew they knew. */
  readonly formerly: Map<string, number>;
}

/** Makes values that occur nowhere else, and remembers them. */
export interface Secrets {
  readonly all: readonly Secret[];
  /** A word that nobody may see but who is told here. */
  word(what: string, mayBeSeenBy: (user: string) => boolean): string;
  phone(what: string, mayBeSeenBy: (user: string) => boolean): string;
  /** An identifier that is valid for its type. */
  identifier(type: 'clinic' | 'patient', mayBeSeenBy: (user: string) => boolean): string;
  /** Who may see what the shared record says. */
  ofShared(record: LeakRecord): (user: string) => boolean;
  /** The secrets in a text. */
  told(text: string): ReadonlySet<Secret>;
  /** The secrets in a text that a user may not see, without those the user typed. */
  leaks(user: string, text: string, typed?: string): readonly Secret[];
}

const frames =
  /zq[a-z]{4}vk|\(97\) 9\d{4}-\d{4}|(?<![0-9a-f.])777\d{8}(?![0-9a-f])|777\.\d{3}\.\d{3}-\d{2}|(?<![0-9a-f.-])77\d{5}(?![0-9a-f-])/g;

export function createSecrets(): Secrets {
  const all: Secret[] = [];
  const byText = new Map<string, Secret>();
  const plant = (text: string, what: string, mayBeSeenBy: Secret['mayBeSeenBy']): string => {
    const secret = { text, what, mayBeSeenBy };
    all.push(secret);
    byText.set(text.toLowerCase(), secret);
    return text;
  };
  const told = (text: string): ReadonlySet<Secret> => {
    const tokens = text.toLowerCase().match(frames) ?? [];
    return new Set(tokens.flatMap((token) => byText.get(token) ?? byText.get(token.replaceAll(/\D/g, '')) ?? []));
  };
  return {
    all,
    word: (what, mayBeSeenBy) => plant(`Zq${lettersOf(all.length)}vk`, what, mayBeSeenBy),
    phone: (what, mayBeSeenBy) => plant(`(97) 9${digitsOf(all.length)}-${digitsOf(all.length * 7)}`, what, mayBeSeenBy),
    identifier: (type, mayBeSeenBy) =>
      plant(
        type === 'clinic' ? `77${String(all.length).padStart(5, '0')}` : cpfOf(`777${String(all.length).padStart(6, '0')}`),
        type,
        mayBeSeenBy,
      ),
    ofShared: (record) => {
      const order = all.length;
      return (user) => record.linked.has(user) || (record.offered.get(user) ?? 0) > 0 || order < (record.formerly.get(user) ?? 0);
    },
    told,
    leaks: (user, text, typed = '') => {
      const known = typed.toLowerCase();
      return [...told(text)].filter((secret) => !secret.mayBeSeenBy(user) && !known.includes(secret.text.toLowerCase()));
    },
  };
}

function lettersOf(number: number): string {
  let [text, rest] = ['', number];
  for (let place = 0; place < 4; place++) {
    text = String.fromCharCode(97 + (rest % 26)) + text;
    rest = Math.floor(rest / 26);
  }
  return text;
}

function digitsOf(number: number): string {
  return String(number % 10_000).padStart(4, '0');
}

function cpfOf(nine: string): string {
  const digit = (digits: string): string => {
    const sum = Array.from(digits).reduce((total, each, place) => total + Number(each) * (digits.length + 1 - place), 0);
    return String(((sum * 10) % 11) % 10);
  };
  const first = digit(nine);
  return `${nine}${first}${digit(nine + first)}`;
}
